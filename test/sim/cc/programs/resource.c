#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>
int main(void) { struct rlimit r; printf("%d\n", getrlimit(RLIMIT_NOFILE, &r)); r.rlim_cur = 64; printf("%d\n", setrlimit(RLIMIT_NOFILE, &r)); getrlimit(RLIMIT_NOFILE, &r); printf("%lu\n", r.rlim_cur); struct rusage u; printf("%d %d\n", getrusage(RUSAGE_SELF, &u), u.ru_utime.tv_sec < 5); printf("%ld %d\n", sysconf(_SC_PAGESIZE), getpagesize()); printf("%ld\n", sysconf(_SC_CLK_TCK)); printf("%d\n", nice(0)); return 0; }
