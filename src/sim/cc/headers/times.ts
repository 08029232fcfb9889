// The headers of time, of waiting for several files, and of what a process uses.
import { clockT, clockidT, pidT, sigset, timeT, timespec, timeval } from './shared-types.ts'

export const timeHeaders: Readonly<Record<string, string>> = {
  'time.h': `
#ifndef _TIME_H
#define _TIME_H 1
#include <bits/types.h>
#include <stddef.h>
${[clockT, timeT, clockidT, timespec, pidT].join('\n')}
typedef int timer_t_placeholder;
struct tm {
  int tm_sec;
  int tm_min;
  int tm_hour;
  int tm_mday;
  int tm_mon;
  int tm_year;
  int tm_wday;
  int tm_yday;
  int tm_isdst;
  long int tm_gmtoff;
  const char *tm_zone;
};
#define CLOCKS_PER_SEC ((__clock_t) 1000000)
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID 3
#define CLOCK_MONOTONIC_RAW 4
#define CLOCK_REALTIME_COARSE 5
#define CLOCK_MONOTONIC_COARSE 6
#define CLOCK_BOOTTIME 7
#define TIMER_ABSTIME 1
extern clock_t clock(void);
extern time_t time(time_t *__timer);
extern double difftime(time_t __time1, time_t __time0);
extern time_t mktime(struct tm *__tp);
extern time_t timegm(struct tm *__tp);
extern size_t strftime(char *__restrict __s, size_t __maxsize, const char *__restrict __format,
  const struct tm *__restrict __tp);
extern struct tm *gmtime(const time_t *__timer);
extern struct tm *localtime(const time_t *__timer);
extern struct tm *gmtime_r(const time_t *__restrict __timer, struct tm *__restrict __tp);
extern struct tm *localtime_r(const time_t *__restrict __timer, struct tm *__restrict __tp);
extern char *asctime(const struct tm *__tp);
extern char *ctime(const time_t *__timer);
extern int nanosleep(const struct timespec *__requested_time, struct timespec *__remaining);
extern int clock_getres(clockid_t __clock_id, struct timespec *__res);
extern int clock_gettime(clockid_t __clock_id, struct timespec *__tp);
extern int clock_nanosleep(clockid_t __clock_id, int __flags, const struct timespec *__req, struct timespec *__rem);
#endif
`.replace('typedef int timer_t_placeholder;\n', ''),
  'sys/time.h': `
#ifndef _SYS_TIME_H
#define _SYS_TIME_H 1
#include <bits/types.h>
#include <sys/select.h>
${[timeT, timeval].join('\n')}
struct timezone { int tz_minuteswest; int tz_dsttime; };
struct itimerval { struct timeval it_interval; struct timeval it_value; };
#define ITIMER_REAL 0
#define ITIMER_VIRTUAL 1
#define ITIMER_PROF 2
extern int gettimeofday(struct timeval *__restrict __tv, void *__restrict __tz);
extern int setitimer(int __which, const struct itimerval *__restrict __new, struct itimerval *__restrict __old);
extern int utimes(const char *__file, const struct timeval __tvp[2]);
#define timerclear(tvp) ((tvp)->tv_sec = (tvp)->tv_usec = 0)
#define timerisset(tvp) ((tvp)->tv_sec || (tvp)->tv_usec)
#endif
`,
  'sys/select.h': `
#ifndef _SYS_SELECT_H
#define _SYS_SELECT_H 1
#include <bits/types.h>
${[timeval, timespec, sigset, timeT].join('\n')}
typedef __suseconds_t suseconds_t;
#define FD_SETSIZE 1024
typedef struct { long int fds_bits[16]; } fd_set;
#define FD_SET(fd, set) ((void)((set)->fds_bits[(fd) / 64] |= (long)(1UL << ((fd) % 64))))
#define FD_CLR(fd, set) ((void)((set)->fds_bits[(fd) / 64] &= ~(long)(1UL << ((fd) % 64))))
#define FD_ISSET(fd, set) (((set)->fds_bits[(fd) / 64] & (long)(1UL << ((fd) % 64))) != 0)
#define FD_ZERO(set) do { int __i; for (__i = 0; __i < 16; __i++) (set)->fds_bits[__i] = 0; } while (0)
extern int select(int __nfds, fd_set *__restrict __readfds, fd_set *__restrict __writefds,
  fd_set *__restrict __exceptfds, struct timeval *__restrict __timeout);
extern int pselect(int __nfds, fd_set *__restrict __readfds, fd_set *__restrict __writefds,
  fd_set *__restrict __exceptfds, const struct timespec *__restrict __timeout,
  const __sigset_t *__restrict __sigmask);
#endif
`,
  'poll.h': `
#ifndef _POLL_H
#define _POLL_H 1
#define POLLIN 0x001
#define POLLPRI 0x002
#define POLLOUT 0x004
#define POLLERR 0x008
#define POLLHUP 0x010
#define POLLNVAL 0x020
typedef unsigned long int nfds_t;
struct pollfd { int fd; short int events; short int revents; };
extern int poll(struct pollfd *__fds, nfds_t __nfds, int __timeout);
#endif
`,
  'sys/poll.h': '#include <poll.h>\n',
  'sys/resource.h': `
#ifndef _SYS_RESOURCE_H
#define _SYS_RESOURCE_H 1
#include <bits/types.h>
${[timeval].join('\n')}
typedef __id_t id_t;
typedef unsigned long rlim_t;
struct rlimit { rlim_t rlim_cur; rlim_t rlim_max; };
struct rusage {
  struct timeval ru_utime;
  struct timeval ru_stime;
  long int ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap, ru_inblock, ru_oublock;
  long int ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw;
};
#define RLIM_INFINITY 0xffffffffffffffffUL
#define RLIMIT_CPU 0
#define RLIMIT_FSIZE 1
#define RLIMIT_DATA 2
#define RLIMIT_STACK 3
#define RLIMIT_CORE 4
#define RLIMIT_RSS 5
#define RLIMIT_NPROC 6
#define RLIMIT_NOFILE 7
#define RLIMIT_MEMLOCK 8
#define RLIMIT_AS 9
#define RUSAGE_SELF 0
#define RUSAGE_CHILDREN (-1)
#define PRIO_PROCESS 0
#define PRIO_PGRP 1
#define PRIO_USER 2
extern int getrlimit(int __resource, struct rlimit *__rlimits);
extern int setrlimit(int __resource, const struct rlimit *__rlimits);
extern int getrusage(int __who, struct rusage *__usage);
extern int getpriority(int __which, id_t __who);
extern int setpriority(int __which, id_t __who, int __prio);
#endif
`,
  'sys/times.h': `
#ifndef _SYS_TIMES_H
#define _SYS_TIMES_H 1
#include <bits/types.h>
${clockT}
struct tms { clock_t tms_utime; clock_t tms_stime; clock_t tms_cutime; clock_t tms_cstime; };
extern clock_t times(struct tms *__buffer);
#endif
`,
}
