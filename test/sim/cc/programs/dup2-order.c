#include <stdio.h>
#include <unistd.h>
#include <fcntl.h>
int main(void) { printf("to stdout\n"); fflush(stdout); int save = dup(1), fd = open("log", O_CREAT | O_RDWR | O_TRUNC, 0600); dup2(fd, 1); printf("to log\n"); fflush(stdout); dup2(save, 1); printf("back\n"); lseek(fd, 0, SEEK_SET); char b[32]; int n = read(fd, b, 32); printf("%d %.*s", n, n, b); return 0; }
