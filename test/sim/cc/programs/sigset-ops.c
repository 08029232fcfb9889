#include <stdio.h>
#include <signal.h>
int main(void) { sigset_t s; sigemptyset(&s); printf("%d", sigismember(&s, SIGINT)); sigaddset(&s, SIGINT); printf("%d", sigismember(&s, SIGINT)); sigdelset(&s, SIGINT); printf("%d", sigismember(&s, SIGINT)); sigfillset(&s); printf("%d\n", sigismember(&s, SIGTERM)); printf("%d %d %d\n", SIGRTMIN, SIGRTMAX, NSIG); for (int i = 0; i < 34; i++) psignal(i, "s"); return 0; }
