#include <stdio.h>
#include <signal.h>
#include <string.h>
static void h(int s) { printf("handler\n"); fflush(stdout); }
int main(void) { struct sigaction sa; memset(&sa, 0, sizeof sa); sa.sa_handler = h; sa.sa_flags = SA_RESETHAND; sigaction(SIGTERM, &sa, NULL); raise(SIGTERM); struct sigaction q; sigaction(SIGTERM, NULL, &q); printf("%d\n", q.sa_handler == SIG_DFL); fflush(stdout); raise(SIGTERM); return 0; }
