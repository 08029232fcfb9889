#include <stdio.h>
#include <fcntl.h>
#include <unistd.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
int main(void) {
  int fd = open("f", O_RDWR | O_CREAT | O_EXCL, 0640); printf("%d\n", fd); printf("%zd\n", write(fd, "0123456789", 10)); printf("%ld\n", (long)lseek(fd, 3, SEEK_SET)); char b[16] = ""; printf("%zd %s\n", read(fd, b, 4), b); printf("%zd %.3s\n", pread(fd, b, 3, 0), b); struct stat st; fstat(fd, &st); printf("%ld %o %d %d\n", (long)st.st_size, st.st_mode & 0777, S_ISREG(st.st_mode), S_ISDIR(st.st_mode)); ftruncate(fd, 4); fstat(fd, &st); printf("%ld\n", (long)st.st_size);
  int d = dup(fd); printf("%d\n", d == fd + 1); close(fd); printf("%zd %s\n", read(fd, b, 1), strerror(errno)); printf("%d %s\n", open("f", O_CREAT | O_EXCL | O_WRONLY, 0600), strerror(errno)); printf("%d %s\n", open("no/f", O_RDONLY), strerror(errno)); printf("%d\n", fcntl(d, F_GETFL) & O_ACCMODE); int e = fcntl(d, F_DUPFD, 20); printf("%d\n", e); printf("%d %s\n", close(99), strerror(errno)); printf("%zd %s\n", write(1, (void *)1, 5), strerror(errno)); mkdir("dir", 0755); printf("%d %s\n", mkdir("dir", 0755), strerror(errno)); printf("%d %s\n", open("dir", O_WRONLY), strerror(errno)); printf("%d\n", rmdir("dir")); printf("%d\n", access("f", F_OK)); rename("f", "g"); printf("%d %d\n", access("f", F_OK), access("g", R_OK | W_OK)); symlink("g", "l"); char t[8]; int n = readlink("l", t, 8); printf("%d %.*s\n", n, n, t); lstat("l", &st); printf("%d\n", S_ISLNK(st.st_mode)); unlink("l"); unlink("g"); return 0;
}
