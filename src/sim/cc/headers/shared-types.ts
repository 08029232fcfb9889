// Types that several headers of POSIX define.

/** A type that several headers define; C11 lets a typedef be repeated. */
const type = (name: string, text: string) =>
  `
#ifndef __${name}_defined
#define __${name}_defined 1
typedef ${text} ${name};
#endif
`.trim()

export const pidT = type('pid_t', '__pid_t')
export const uidT = type('uid_t', '__uid_t')
export const gidT = type('gid_t', '__gid_t')
export const modeT = type('mode_t', '__mode_t')
export const offT = type('off_t', '__off_t')
export const ssizeT = type('ssize_t', '__ssize_t')
export const timeT = type('time_t', '__time_t')
export const clockT = type('clock_t', '__clock_t')
export const clockidT = type('clockid_t', '__clockid_t')
export const timeval = `
#ifndef __timeval_defined
#define __timeval_defined 1
struct timeval { __time_t tv_sec; __suseconds_t tv_usec; };
#endif
`.trim()
export const timespec = `
#ifndef __timespec_defined
#define __timespec_defined 1
struct timespec { __time_t tv_sec; long tv_nsec; };
#endif
`.trim()
export const sigset = `
#ifndef __sigset_t_defined
#define __sigset_t_defined 1
typedef struct { unsigned long int __val[16]; } __sigset_t;
typedef __sigset_t sigset_t;
#endif
`.trim()
