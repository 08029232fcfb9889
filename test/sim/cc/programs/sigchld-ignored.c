#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <errno.h>
#include <sys/wait.h>
int main(void) { signal(SIGCHLD, SIG_IGN); if (fork() == 0) _exit(3); int r = wait(NULL); printf("%d %d\n", r, errno == ECHILD); return 0; }
