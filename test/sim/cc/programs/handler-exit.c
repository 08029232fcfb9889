#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <unistd.h>
static void bye(void) { puts("atexit"); }
static void h(int s) { psignal(s, "Shutting down, got signal"); exit(0); }
int main(void) { atexit(bye); signal(SIGTERM, h); printf("waiting\n"); kill(getpid(), SIGTERM); for (;;) pause(); }
