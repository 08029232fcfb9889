#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
int g = 1;
int main(void) {
  int l = 2; int *h = malloc(4); *h = 3;
  if (fork() == 0) { g = 10; l = 20; *h = 30; printf("child %d %d %d\n", g, l, *h); fflush(stdout); _exit(0); }
  wait(NULL); printf("parent %d %d %d\n", g, l, *h); return 0;
}
