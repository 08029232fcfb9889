#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <string.h>
static volatile sig_atomic_t got;
static void h(int s) { got = s; }
int main(void) {
  signal(SIGUSR1, h); raise(SIGUSR1); printf("%d\n", got); kill(getpid(), SIGUSR1); printf("%d\n", got == SIGUSR1);
  void (*old)(int) = signal(SIGUSR1, SIG_IGN); printf("%d\n", old == h); raise(SIGUSR1); old = signal(SIGUSR1, SIG_DFL); printf("%d\n", old == SIG_IGN);
  printf("%d\n", signal(SIGKILL, h) == SIG_ERR); perror("signal"); printf("%s\n", strsignal(SIGUSR1)); fflush(stdout); raise(SIGUSR1); puts("never"); return 0;
}
