// The headers of processes: identity, wait, exec and its options, users, groups.
import { waitMacros } from './standard.ts'
import { clockT, clockidT, gidT, modeT, offT, pidT, ssizeT, timeT, uidT } from './shared-types.ts'

export const processHeaders: Readonly<Record<string, string>> = {
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
}
