#include <stdio.h>
#include <signal.h>
#include <unistd.h>
static void h(int s) { write(1, s == SIGUSR1 ? "usr1\n" : "usr2\n", 5); }
int main(void) {
  setbuf(stdout, NULL); signal(SIGUSR1, h); signal(SIGUSR2, h);
  sigset_t s, o, p; sigemptyset(&s); sigaddset(&s, SIGUSR1); sigaddset(&s, SIGUSR2); sigprocmask(SIG_BLOCK, &s, &o);
  raise(SIGUSR2); raise(SIGUSR1); raise(SIGUSR1); sigpending(&p); printf("%d %d %d\n", sigismember(&p, SIGUSR1), sigismember(&p, SIGUSR2), sigismember(&p, SIGINT));
  puts("unblocking"); sigprocmask(SIG_SETMASK, &o, NULL); puts("done"); printf("%d\n", sigaddset(&s, 999)); return 0;
}
