// gcc -Wall
#include <stdio.h>
#include <unistd.h>
int main(void) {
  if (fork() == 0) return 3;
  int status;
  wait(&status);
  printf("%d\n", WEXITSTATUS(status));
  return 0;
}
