#include <stdio.h>
#include <sys/prctl.h>
#include <signal.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) { char n[16]; prctl(PR_GET_NAME, n); printf("%s\n", n); prctl(PR_SET_NAME, "renamed-to-something-long"); prctl(PR_GET_NAME, n); printf("%s\n", n); FILE *f = fopen("/proc/self/comm", "r"); char b[32]; fgets(b, 32, f); printf("%s", b); int p[2]; pipe(p); if (!fork()) { if (!fork()) { prctl(PR_SET_PDEATHSIG, SIGTERM); write(p[1], "r", 1); pause(); _exit(0); } char c; read(p[0], &c, 1); _exit(0); } close(p[1]); wait(0); char c; printf("%zd\n", read(p[0], &c, 1)); return 0; }
