#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
static void h(int s) { write(1, "alarm\n", 6); }
int main(void) {
  int fd[2]; char b[8]; pipe(fd); struct sigaction sa; memset(&sa, 0, sizeof sa); sa.sa_handler = h; sigaction(SIGALRM, &sa, 0);
  alarm(1); int r = read(fd[0], b, 8); printf("%d %s\n", r, strerror(errno)); fflush(stdout);
  sa.sa_flags = SA_RESTART; sigaction(SIGALRM, &sa, 0); if (fork() == 0) { sleep(3); write(fd[1], "late", 4); _exit(0); }
  alarm(1); r = read(fd[0], b, 8); printf("%d %.4s\n", r, b); wait(0); return 0;
}
