#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
  pid_t pid = fork();
  if (pid == 0) { printf("child\n"); exit(42); }
  int status; pid_t got = waitpid(pid, &status, 0);
  printf("%d %d %d %d\n", got == pid, WIFEXITED(status), WEXITSTATUS(status), WIFSIGNALED(status));
  return 0;
}
