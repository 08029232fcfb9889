#include <stdio.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <stdlib.h>
int main(void) {
  int fd = open("out.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644); if (fork() == 0) { dup2(fd, 1); close(fd); execlp("sh", "sh", "-c", "echo one; echo two", NULL); } wait(0); close(fd);
  FILE *f = fopen("out.txt", "r"); char line[64]; int n = 0; while (fgets(line, 64, f)) printf("%d: %s", ++n, line); fclose(f);
  int p[2]; pipe(p); if (fork() == 0) { dup2(p[1], 1); close(p[0]); close(p[1]); execlp("seq", "seq", "3", NULL); } if (fork() == 0) { dup2(p[0], 0); close(p[0]); close(p[1]); execlp("wc", "wc", "-l", NULL); } close(p[0]); close(p[1]); while (wait(0) > 0); return 0;
}
