#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
  for (int i = 0; i < 5; i++) if (fork() == 0) _exit(i * 10);
  int sum = 0, n = 0, s; while (wait(&s) > 0) { sum += WEXITSTATUS(s); n++; }
  printf("%d %d\n", n, sum); perror("wait"); return 0;
}
