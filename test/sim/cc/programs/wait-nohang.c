#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
#include <errno.h>
int main(void) {
  int fd[2]; pipe(fd); pid_t p = fork(); if (p == 0) { char c; close(fd[1]); read(fd[0], &c, 1); _exit(5); }
  int s; printf("%d\n", waitpid(p, &s, WNOHANG)); write(fd[1], "x", 1); printf("%d %d\n", waitpid(p, &s, 0) == p, WEXITSTATUS(s)); printf("%d %d\n", waitpid(-1, &s, WNOHANG), errno == ECHILD); return 0;
}
