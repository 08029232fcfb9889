#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <unistd.h>
#include <string.h>
static void h(int s, siginfo_t *i, void *c) { char b[64]; int n = snprintf(b, 64, "caught %d addr %p code %d\n", s, i->si_addr, i->si_code); write(1, b, n); _exit(11); }
int main(void) { struct sigaction sa; memset(&sa, 0, sizeof sa); sa.sa_sigaction = h; sa.sa_flags = SA_SIGINFO; sigaction(SIGSEGV, &sa, 0); int *p = (int *)0x10; *p = 5; return 0; }
