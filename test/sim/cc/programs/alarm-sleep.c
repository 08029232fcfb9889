#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <time.h>
#include <errno.h>
static void h(int s) {}
int main(void) {
  signal(SIGALRM, h); alarm(10); printf("%u\n", alarm(2)); unsigned left = sleep(5); printf("%u\n", left); printf("%u\n", alarm(0));
  alarm(1); int r = pause(); printf("%d %d\n", r, errno == EINTR); struct timespec t = {3, 0}, rem; alarm(1); r = nanosleep(&t, &rem); printf("%d %d %ld\n", r, errno == EINTR, (long)rem.tv_sec); time_t a = time(NULL); sleep(2); printf("%d\n", (int)(time(NULL) - a)); fflush(stdout); signal(SIGALRM, SIG_DFL); alarm(1); pause(); return 0;
}
