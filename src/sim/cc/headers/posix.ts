// The headers of POSIX, as real C: names and values of Linux and glibc on x86-64.
import { waitMacros } from './standard.ts'

/** A type that several headers define; C11 lets a typedef be repeated. */
const type = (name: string, text: string) =>
  `
#ifndef __${name}_defined
#define __${name}_defined 1
typedef ${text} ${name};
#endif
`.trim()

const pidT = type('pid_t', '__pid_t')
const uidT = type('uid_t', '__uid_t')
const gidT = type('gid_t', '__gid_t')
const modeT = type('mode_t', '__mode_t')
const offT = type('off_t', '__off_t')
const ssizeT = type('ssize_t', '__ssize_t')
const timeT = type('time_t', '__time_t')
const clockT = type('clock_t', '__clock_t')
const clockidT = type('clockid_t', '__clockid_t')
const timeval = `
#ifndef __timeval_defined
#define __timeval_defined 1
struct timeval { __time_t tv_sec; __suseconds_t tv_usec; };
#endif
`.trim()
const timespec = `
#ifndef __timespec_defined
#define __timespec_defined 1
struct timespec { __time_t tv_sec; long tv_nsec; };
#endif
`.trim()
const sigset = `
#ifndef __sigset_t_defined
#define __sigset_t_defined 1
typedef struct { unsigned long int __val[16]; } __sigset_t;
typedef __sigset_t sigset_t;
#endif
`.trim()

export const posixHeaders: Readonly<Record<string, string>> = {
  'sys/types.h': `
#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H 1
#include <bits/types.h>
#include <stddef.h>
#include <stdint.h>
typedef __u_char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef unsigned int uint;
typedef unsigned short ushort;
typedef unsigned long ulong;
typedef __uint8_t u_int8_t;
typedef __uint16_t u_int16_t;
typedef __uint32_t u_int32_t;
typedef __uint64_t u_int64_t;
typedef __dev_t dev_t;
typedef __ino_t ino_t;
typedef __nlink_t nlink_t;
typedef __id_t id_t;
typedef __blksize_t blksize_t;
typedef __blkcnt_t blkcnt_t;
typedef __useconds_t useconds_t;
typedef __suseconds_t suseconds_t;
typedef int key_t;
typedef char *caddr_t;
${[pidT, uidT, gidT, modeT, offT, ssizeT, timeT, clockT, clockidT].join('\n')}
#endif
`,
  'strings.h': `
#ifndef _STRINGS_H
#define _STRINGS_H 1
#include <stddef.h>
extern int bcmp(const void *__s1, const void *__s2, size_t __n);
extern void bcopy(const void *__src, void *__dest, size_t __n);
extern void bzero(void *__s, size_t __n);
extern char *index(const char *__s, int __c);
extern char *rindex(const char *__s, int __c);
extern int ffs(int __i);
extern int strcasecmp(const char *__s1, const char *__s2);
extern int strncasecmp(const char *__s1, const char *__s2, size_t __n);
#endif
`,
  'signal.h': signalHeader(),
  'sys/signal.h': '#include <signal.h>\n',
  'unistd.h': `
#ifndef _UNISTD_H
#define _UNISTD_H 1
#include <bits/types.h>
#include <stddef.h>
${[ssizeT, gidT, uidT, offT, pidT].join('\n')}
typedef __useconds_t useconds_t;
typedef __socklen_t socklen_t;
#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define R_OK 4
#define W_OK 2
#define X_OK 1
#define F_OK 0
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#define F_ULOCK 0
#define F_LOCK 1
#define F_TLOCK 2
#define F_TEST 3
#define _SC_ARG_MAX 0
#define _SC_CHILD_MAX 1
#define _SC_CLK_TCK 2
#define _SC_OPEN_MAX 4
#define _SC_PAGESIZE 30
#define _SC_PAGE_SIZE 30
#define _SC_NPROCESSORS_CONF 83
#define _SC_NPROCESSORS_ONLN 84
#define _SC_PHYS_PAGES 85
#define _SC_HOST_NAME_MAX 180
#ifdef _GNU_SOURCE
extern char **environ;
#endif
extern char **__environ;
extern char *optarg;
extern int optind;
extern int opterr;
extern int optopt;
extern int access(const char *__name, int __type);
extern int faccessat(int __fd, const char *__file, int __type, int __flag);
extern __off_t lseek(int __fd, __off_t __offset, int __whence);
extern int close(int __fd);
extern ssize_t read(int __fd, void *__buf, size_t __nbytes);
extern ssize_t write(int __fd, const void *__buf, size_t __n);
extern ssize_t pread(int __fd, void *__buf, size_t __nbytes, __off_t __offset);
extern ssize_t pwrite(int __fd, const void *__buf, size_t __n, __off_t __offset);
extern int pipe(int __pipedes[2]);
#ifdef _GNU_SOURCE
extern int pipe2(int __pipedes[2], int __flags);
#endif
extern unsigned int alarm(unsigned int __seconds);
extern unsigned int sleep(unsigned int __seconds);
extern __useconds_t ualarm(__useconds_t __value, __useconds_t __interval);
extern int usleep(__useconds_t __useconds);
extern int pause(void);
extern int chown(const char *__file, __uid_t __owner, __gid_t __group);
extern int lchown(const char *__file, __uid_t __owner, __gid_t __group);
extern int chdir(const char *__path);
extern int fchdir(int __fd);
extern char *getcwd(char *__buf, size_t __size);
#ifdef _GNU_SOURCE
extern char *get_current_dir_name(void);
#endif
extern int dup(int __fd);
extern int dup2(int __fd, int __fd2);
#ifdef _GNU_SOURCE
extern int dup3(int __fd, int __fd2, int __flags);
#endif
extern int execve(const char *__path, char *const __argv[], char *const __envp[]);
extern int execv(const char *__path, char *const __argv[]);
extern int execle(const char *__path, const char *__arg, ...);
extern int execl(const char *__path, const char *__arg, ...);
extern int execvp(const char *__file, char *const __argv[]);
extern int execlp(const char *__file, const char *__arg, ...);
#ifdef _GNU_SOURCE
extern int execvpe(const char *__file, char *const __argv[], char *const __envp[]);
#endif
extern int nice(int __inc);
extern void _exit(int __status) __attribute__ ((__noreturn__));
extern long int sysconf(int __name);
extern __pid_t getpid(void);
extern __pid_t getppid(void);
extern __pid_t getpgrp(void);
extern __pid_t getpgid(__pid_t __pid);
extern int setpgid(__pid_t __pid, __pid_t __pgid);
extern int setpgrp(void);
extern __pid_t setsid(void);
extern __pid_t getsid(__pid_t __pid);
#ifdef _GNU_SOURCE
extern __pid_t gettid(void);
#endif
extern __uid_t getuid(void);
extern __uid_t geteuid(void);
extern __gid_t getgid(void);
extern __gid_t getegid(void);
extern int getgroups(int __size, __gid_t __list[]);
extern int setgroups(size_t __n, const __gid_t *__groups);
extern int setuid(__uid_t __uid);
extern int setreuid(__uid_t __ruid, __uid_t __euid);
extern int seteuid(__uid_t __uid);
extern int setgid(__gid_t __gid);
extern int setregid(__gid_t __rgid, __gid_t __egid);
extern int setegid(__gid_t __gid);
#ifdef _GNU_SOURCE
extern int getresuid(__uid_t *__ruid, __uid_t *__euid, __uid_t *__suid);
extern int getresgid(__gid_t *__rgid, __gid_t *__egid, __gid_t *__sgid);
extern int setresuid(__uid_t __ruid, __uid_t __euid, __uid_t __suid);
extern int setresgid(__gid_t __rgid, __gid_t __egid, __gid_t __sgid);
#endif
extern __pid_t fork(void);
extern __pid_t vfork(void);
extern int isatty(int __fd);
extern int link(const char *__from, const char *__to);
extern int symlink(const char *__from, const char *__to);
extern ssize_t readlink(const char *__restrict __path, char *__restrict __buf, size_t __len);
extern int unlink(const char *__name);
extern int rmdir(const char *__path);
extern __pid_t tcgetpgrp(int __fd);
extern int tcsetpgrp(int __fd, __pid_t __pgrp_id);
extern char *getlogin(void);
extern int gethostname(char *__name, size_t __len);
extern int sethostname(const char *__name, size_t __len);
extern int getdomainname(char *__name, size_t __len);
extern int chroot(const char *__path);
extern void sync(void);
extern int fsync(int __fd);
extern int fdatasync(int __fd);
extern int getpagesize(void);
extern int truncate(const char *__file, __off_t __length);
extern int ftruncate(int __fd, __off_t __length);
extern long int syscall(long int __sysno, ...);
extern int daemon(int __nochdir, int __noclose);
extern int getopt(int ___argc, char *const *___argv, const char *__shortopts);
#endif
`,
  'getopt.h': `
#ifndef _GETOPT_H
#define _GETOPT_H 1
extern char *optarg;
extern int optind;
extern int opterr;
extern int optopt;
#define no_argument 0
#define required_argument 1
#define optional_argument 2
struct option { const char *name; int has_arg; int *flag; int val; };
extern int getopt(int ___argc, char *const *___argv, const char *__shortopts);
extern int getopt_long(int ___argc, char *const *___argv, const char *__shortopts, const struct option *__longopts,
  int *__longind);
extern int getopt_long_only(int ___argc, char *const *___argv, const char *__shortopts,
  const struct option *__longopts, int *__longind);
#endif
`,
  'sys/wait.h': `
#ifndef _SYS_WAIT_H
#define _SYS_WAIT_H 1
#include <bits/types.h>
#include <signal.h>
#include <sys/resource.h>
${waitMacros}
#define WSTOPPED 2
#define WEXITED 4
#define WCONTINUED 8
#define WNOWAIT 0x01000000
#define WCOREFLAG 0x80
#define WCOREDUMP(status) ((status) & WCOREFLAG)
#define WIFCONTINUED(status) ((status) == 0xffff)
#define W_EXITCODE(ret, sig) ((ret) << 8 | (sig))
typedef enum { P_ALL, P_PID, P_PGID, P_PIDFD } idtype_t;
extern __pid_t wait(int *__stat_loc);
extern __pid_t waitpid(__pid_t __pid, int *__stat_loc, int __options);
extern int waitid(idtype_t __idtype, __id_t __id, siginfo_t *__infop, int __options);
extern __pid_t wait3(int *__stat_loc, int __options, struct rusage *__usage);
extern __pid_t wait4(__pid_t __pid, int *__stat_loc, int __options, struct rusage *__usage);
#endif
`,
  'wait.h': '#include <sys/wait.h>\n',
  'sys/stat.h': `
#ifndef _SYS_STAT_H
#define _SYS_STAT_H 1
#include <bits/types.h>
${[modeT, offT, timeT, uidT, gidT, timespec].join('\n')}
typedef __dev_t dev_t;
typedef __ino_t ino_t;
typedef __nlink_t nlink_t;
typedef __blksize_t blksize_t;
typedef __blkcnt_t blkcnt_t;
struct stat {
  __dev_t st_dev;
  __ino_t st_ino;
  __nlink_t st_nlink;
  __mode_t st_mode;
  __uid_t st_uid;
  __gid_t st_gid;
  int __pad0;
  __dev_t st_rdev;
  __off_t st_size;
  __blksize_t st_blksize;
  __blkcnt_t st_blocks;
  struct timespec st_atim;
  struct timespec st_mtim;
  struct timespec st_ctim;
  long __glibc_reserved[3];
};
#define st_atime st_atim.tv_sec
#define st_mtime st_mtim.tv_sec
#define st_ctime st_ctim.tv_sec
#define S_IFMT 0170000
#define S_IFDIR 0040000
#define S_IFCHR 0020000
#define S_IFBLK 0060000
#define S_IFREG 0100000
#define S_IFIFO 0010000
#define S_IFLNK 0120000
#define S_IFSOCK 0140000
#define S_ISUID 04000
#define S_ISGID 02000
#define S_ISVTX 01000
#define S_IRUSR 0400
#define S_IWUSR 0200
#define S_IXUSR 0100
#define S_IRWXU 0700
#define S_IRGRP 040
#define S_IWGRP 020
#define S_IXGRP 010
#define S_IRWXG 070
#define S_IROTH 04
#define S_IWOTH 02
#define S_IXOTH 01
#define S_IRWXO 07
#define S_ISDIR(mode) (((mode) & S_IFMT) == S_IFDIR)
#define S_ISCHR(mode) (((mode) & S_IFMT) == S_IFCHR)
#define S_ISBLK(mode) (((mode) & S_IFMT) == S_IFBLK)
#define S_ISREG(mode) (((mode) & S_IFMT) == S_IFREG)
#define S_ISFIFO(mode) (((mode) & S_IFMT) == S_IFIFO)
#define S_ISLNK(mode) (((mode) & S_IFMT) == S_IFLNK)
#define S_ISSOCK(mode) (((mode) & S_IFMT) == S_IFSOCK)
extern int stat(const char *__restrict __file, struct stat *__restrict __buf);
extern int fstat(int __fd, struct stat *__buf);
extern int lstat(const char *__restrict __file, struct stat *__restrict __buf);
extern int fstatat(int __fd, const char *__restrict __file, struct stat *__restrict __buf, int __flag);
extern int chmod(const char *__file, __mode_t __mode);
extern int fchmod(int __fd, __mode_t __mode);
extern __mode_t umask(__mode_t __mask);
extern int mkdir(const char *__path, __mode_t __mode);
extern int mkdirat(int __fd, const char *__path, __mode_t __mode);
extern int mknod(const char *__path, __mode_t __mode, __dev_t __dev);
extern int mkfifo(const char *__path, __mode_t __mode);
#endif
`,
  'fcntl.h': `
#ifndef _FCNTL_H
#define _FCNTL_H 1
#include <bits/types.h>
#include <sys/stat.h>
${[pidT].join('\n')}
#define O_ACCMODE 0003
#define O_RDONLY 00
#define O_WRONLY 01
#define O_RDWR 02
#define O_CREAT 0100
#define O_EXCL 0200
#define O_NOCTTY 0400
#define O_TRUNC 01000
#define O_APPEND 02000
#define O_NONBLOCK 04000
#define O_NDELAY O_NONBLOCK
#define O_DSYNC 010000
#define O_SYNC 04010000
#define O_DIRECTORY 0200000
#define O_NOFOLLOW 0400000
#define O_CLOEXEC 02000000
#ifdef _GNU_SOURCE
#define O_PATH 010000000
#endif
#define F_DUPFD 0
#define F_GETFD 1
#define F_SETFD 2
#define F_GETFL 3
#define F_SETFL 4
#define F_GETLK 5
#define F_SETLK 6
#define F_SETLKW 7
#define F_SETOWN 8
#define F_GETOWN 9
#define F_DUPFD_CLOEXEC 1030
#define F_SETPIPE_SZ 1031
#define F_GETPIPE_SZ 1032
#define FD_CLOEXEC 1
#define F_RDLCK 0
#define F_WRLCK 1
#define F_UNLCK 2
#define AT_FDCWD (-100)
#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_REMOVEDIR 0x200
#define AT_EACCESS 0x200
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#ifndef R_OK
#define R_OK 4
#define W_OK 2
#define X_OK 1
#define F_OK 0
#endif
struct flock { short l_type; short l_whence; __off_t l_start; __off_t l_len; __pid_t l_pid; };
extern int fcntl(int __fd, int __cmd, ...);
extern int open(const char *__file, int __oflag, ...);
extern int openat(int __fd, const char *__file, int __oflag, ...);
extern int creat(const char *__file, mode_t __mode);
#endif
`,
  'dirent.h': `
#ifndef _DIRENT_H
#define _DIRENT_H 1
#include <bits/types.h>
#include <stddef.h>
typedef __ino_t ino_t;
struct dirent {
  __ino_t d_ino;
  __off_t d_off;
  unsigned short int d_reclen;
  unsigned char d_type;
  char d_name[256];
};
#define DT_UNKNOWN 0
#define DT_FIFO 1
#define DT_CHR 2
#define DT_DIR 4
#define DT_BLK 6
#define DT_REG 8
#define DT_LNK 10
#define DT_SOCK 12
typedef struct __dirstream DIR;
extern DIR *opendir(const char *__name);
extern DIR *fdopendir(int __fd);
extern int closedir(DIR *__dirp);
extern struct dirent *readdir(DIR *__dirp);
extern void rewinddir(DIR *__dirp);
extern int dirfd(DIR *__dirp);
extern int scandir(const char *__restrict __dir, struct dirent ***__restrict __namelist,
  int (*__selector) (const struct dirent *), int (*__cmp) (const struct dirent **, const struct dirent **));
extern int alphasort(const struct dirent **__e1, const struct dirent **__e2);
#endif
`,
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
  'sys/utsname.h': `
#ifndef _SYS_UTSNAME_H
#define _SYS_UTSNAME_H 1
struct utsname {
  char sysname[65];
  char nodename[65];
  char release[65];
  char version[65];
  char machine[65];
#ifdef _GNU_SOURCE
  char domainname[65];
#else
  char __domainname[65];
#endif
};
extern int uname(struct utsname *__name);
#endif
`,
  'pwd.h': `
#ifndef _PWD_H
#define _PWD_H 1
#include <bits/types.h>
#include <stddef.h>
${[uidT, gidT].join('\n')}
struct passwd {
  char *pw_name;
  char *pw_passwd;
  __uid_t pw_uid;
  __gid_t pw_gid;
  char *pw_gecos;
  char *pw_dir;
  char *pw_shell;
};
extern struct passwd *getpwuid(__uid_t __uid);
extern struct passwd *getpwnam(const char *__name);
#endif
`,
  'grp.h': `
#ifndef _GRP_H
#define _GRP_H 1
#include <bits/types.h>
#include <stddef.h>
${gidT}
struct group {
  char *gr_name;
  char *gr_passwd;
  __gid_t gr_gid;
  char **gr_mem;
};
extern struct group *getgrgid(__gid_t __gid);
extern struct group *getgrnam(const char *__name);
extern int setgroups(size_t __n, const __gid_t *__groups);
#endif
`,
  'libgen.h': `
#ifndef _LIBGEN_H
#define _LIBGEN_H 1
extern char *dirname(char *__path);
extern char *__xpg_basename(char *__path);
#define basename __xpg_basename
#endif
`,
  'utime.h': `
#ifndef _UTIME_H
#define _UTIME_H 1
#include <bits/types.h>
struct utimbuf { __time_t actime; __time_t modtime; };
extern int utime(const char *__file, const struct utimbuf *__file_times);
#endif
`,
  'sys/file.h': `
#ifndef _SYS_FILE_H
#define _SYS_FILE_H 1
#include <fcntl.h>
#define LOCK_SH 1
#define LOCK_EX 2
#define LOCK_NB 4
#define LOCK_UN 8
extern int flock(int __fd, int __operation);
#endif
`,
  'err.h': `
#ifndef _ERR_H
#define _ERR_H 1
#include <stdarg.h>
extern void warn(const char *__format, ...);
extern void warnx(const char *__format, ...);
extern void err(int __status, const char *__format, ...) __attribute__ ((__noreturn__));
extern void errx(int __status, const char *__format, ...) __attribute__ ((__noreturn__));
#endif
`,
  'error.h': `
#ifndef _ERROR_H
#define _ERROR_H 1
extern void error(int __status, int __errnum, const char *__format, ...);
#endif
`,
  'sys/uio.h': `
#ifndef _SYS_UIO_H
#define _SYS_UIO_H 1
#include <sys/types.h>
struct iovec { void *iov_base; size_t iov_len; };
extern ssize_t readv(int __fd, const struct iovec *__iovec, int __count);
extern ssize_t writev(int __fd, const struct iovec *__iovec, int __count);
#endif
`,
  'sys/param.h': `
#ifndef _SYS_PARAM_H
#define _SYS_PARAM_H 1
#include <limits.h>
#define MAXPATHLEN PATH_MAX
#define MAXHOSTNAMELEN 64
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#endif
`,
  'spawn.h': `
#ifndef _SPAWN_H
#define _SPAWN_H 1
#include <sys/types.h>
typedef struct { int __allocated; int __used; void *__actions; int __pad[16]; } posix_spawn_file_actions_t;
typedef struct { short int __flags; int __pad[82]; } posix_spawnattr_t;
extern int posix_spawn(pid_t *__restrict __pid, const char *__restrict __path,
  const posix_spawn_file_actions_t *__restrict __file_actions, const posix_spawnattr_t *__restrict __attrp,
  char *const __argv[], char *const __envp[]);
extern int posix_spawnp(pid_t *__pid, const char *__file, const posix_spawn_file_actions_t *__file_actions,
  const posix_spawnattr_t *__attrp, char *const __argv[], char *const __envp[]);
#endif
`,
}

function signalHeader(): string {
  const numbers =
    'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
      ' ',
    )
  return `
#ifndef _SIGNAL_H
#define _SIGNAL_H 1
#include <bits/types.h>
#include <stddef.h>
${[sigset, pidT, uidT, timespec].join('\n')}
${numbers.map((name, index) => `#define SIG${name} ${index + 1}`).join('\n')}
#define SIGIOT SIGABRT
#define SIGPOLL SIGIO
#define SIGCLD SIGCHLD
#define SIGRTMIN (__libc_current_sigrtmin())
#define SIGRTMAX (__libc_current_sigrtmax())
#define NSIG 65
#define _NSIG 65
extern int __libc_current_sigrtmin(void);
extern int __libc_current_sigrtmax(void);
typedef int sig_atomic_t;
typedef void (*__sighandler_t) (int);
#ifdef _GNU_SOURCE
typedef __sighandler_t sighandler_t;
#endif
#define SIG_ERR ((__sighandler_t) -1)
#define SIG_DFL ((__sighandler_t) 0)
#define SIG_IGN ((__sighandler_t) 1)
typedef union sigval { int sival_int; void *sival_ptr; } __sigval_t;
typedef __sigval_t sigval_t;
typedef struct {
  int si_signo;
  int si_errno;
  int si_code;
  int __pad0;
  union {
    int _pad[28];
    struct { __pid_t si_pid; __uid_t si_uid; } _kill;
    struct { __pid_t si_pid; __uid_t si_uid; __sigval_t si_sigval; } _rt;
    struct { __pid_t si_pid; __uid_t si_uid; int si_status; __clock_t si_utime; __clock_t si_stime; } _sigchld;
    struct { void *si_addr; } _sigfault;
  } _sifields;
} siginfo_t;
#define si_pid _sifields._kill.si_pid
#define si_uid _sifields._kill.si_uid
#define si_status _sifields._sigchld.si_status
#define si_utime _sifields._sigchld.si_utime
#define si_stime _sifields._sigchld.si_stime
#define si_value _sifields._rt.si_sigval
#define si_int _sifields._rt.si_sigval.sival_int
#define si_ptr _sifields._rt.si_sigval.sival_ptr
#define si_addr _sifields._sigfault.si_addr
#define SI_USER 0
#define SI_KERNEL 0x80
#define SI_QUEUE (-1)
#define SI_TIMER (-2)
#define SI_TKILL (-6)
#define CLD_EXITED 1
#define CLD_KILLED 2
#define CLD_DUMPED 3
#define CLD_TRAPPED 4
#define CLD_STOPPED 5
#define CLD_CONTINUED 6
#define SEGV_MAPERR 1
#define SEGV_ACCERR 2
#define FPE_INTDIV 1
struct sigaction {
  union { __sighandler_t sa_handler; void (*sa_sigaction) (int, siginfo_t *, void *); } __sigaction_handler;
  __sigset_t sa_mask;
  int sa_flags;
  void (*sa_restorer) (void);
};
#define sa_handler __sigaction_handler.sa_handler
#define sa_sigaction __sigaction_handler.sa_sigaction
#define SA_NOCLDSTOP 1
#define SA_NOCLDWAIT 2
#define SA_SIGINFO 4
#define SA_ONSTACK 0x08000000
#define SA_RESTART 0x10000000
#define SA_NODEFER 0x40000000
#define SA_RESETHAND 0x80000000
#define SA_NOMASK SA_NODEFER
#define SA_ONESHOT SA_RESETHAND
#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2
typedef struct { void *ss_sp; int ss_flags; size_t ss_size; } stack_t;
#define SIGSTKSZ 8192
#define MINSIGSTKSZ 2048
#define SS_ONSTACK 1
#define SS_DISABLE 2
extern __sighandler_t signal(int __sig, __sighandler_t __handler);
extern __sighandler_t sigset(int __sig, __sighandler_t __disp);
extern int kill(__pid_t __pid, int __sig);
extern int killpg(__pid_t __pgrp, int __sig);
extern int raise(int __sig);
extern void psignal(int __sig, const char *__s);
extern void psiginfo(const siginfo_t *__pinfo, const char *__s);
extern int sigemptyset(sigset_t *__set);
extern int sigfillset(sigset_t *__set);
extern int sigaddset(sigset_t *__set, int __signo);
extern int sigdelset(sigset_t *__set, int __signo);
extern int sigismember(const sigset_t *__set, int __signo);
extern int sigprocmask(int __how, const sigset_t *__restrict __set, sigset_t *__restrict __oset);
extern int sigsuspend(const sigset_t *__set);
extern int sigaction(int __sig, const struct sigaction *__restrict __act, struct sigaction *__restrict __oact);
extern int sigpending(sigset_t *__set);
extern int sigwait(const sigset_t *__restrict __set, int *__restrict __sig);
extern int sigwaitinfo(const sigset_t *__restrict __set, siginfo_t *__restrict __info);
extern int sigtimedwait(const sigset_t *__restrict __set, siginfo_t *__restrict __info,
  const struct timespec *__restrict __timeout);
extern int sigqueue(__pid_t __pid, int __sig, const union sigval __val);
extern int sigaltstack(const stack_t *__restrict __ss, stack_t *__restrict __oss);
extern int siginterrupt(int __sig, int __interrupt);
extern int sigignore(int __sig);
extern int sighold(int __sig);
extern int sigrelse(int __sig);
#ifndef _GNU_SOURCE
#undef SIGCLD
#define SIGCLD SIGCHLD
#endif
extern const char *const sys_siglist[65];
#endif
`
    .replace('#ifndef _GNU_SOURCE\n#undef SIGCLD\n#define SIGCLD SIGCHLD\n#endif\n', '')
    .replace('extern const char *const sys_siglist[65];\n', '')
}
