#include <stdio.h>
#include <signal.h>
#include <unistd.h>
static volatile sig_atomic_t stop; static volatile long n;
static void h(int s) { stop = 1; }
int main(void) { signal(SIGALRM, h); alarm(1); while (!stop) n++; printf("%d\n", n > 1000); return 0; }
