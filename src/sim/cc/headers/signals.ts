// The headers of signals.
import { pidT, sigset, timespec, uidT } from './shared-types.ts'

export const signalHeaders: Readonly<Record<string, string>> = {
  'signal.h': signalHeader(),
  'sys/signal.h': '#include <signal.h>\n',
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
