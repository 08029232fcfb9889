#include <stdio.h>
#include <signal.h>
#include <string.h>
static int depth, max; static int limit;
static void h(int s) { depth++; if (depth > max) max = depth; if (limit-- > 0) raise(s); depth--; }
int main(void) { struct sigaction sa; memset(&sa, 0, sizeof sa); sa.sa_handler = h; limit = 3; sigaction(SIGUSR1, &sa, 0); raise(SIGUSR1); printf("%d\n", max); max = 0; limit = 3; sa.sa_flags = SA_NODEFER; sigaction(SIGUSR1, &sa, 0); raise(SIGUSR1); printf("%d\n", max); return 0; }
