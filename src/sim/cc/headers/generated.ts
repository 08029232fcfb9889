// Headers of the C library that are made from tables: inttypes.h, errno.h, math.h.

export function inttypes(): string {
  const sizes = [
    ['8', 'hh', ''],
    ['16', 'h', ''],
    ['32', '', ''],
    ['64', 'l', 'l'],
    ['MAX', 'l', 'l'],
    ['PTR', 'l', 'l'],
  ] as const
  const lines = sizes.flatMap(([size, scan, print]) => [
    ...['d', 'i', 'u', 'o', 'x', 'X'].map((letter) => `#define PRI${letter}${size} "${print}${letter}"`),
    ...['d', 'i', 'u', 'o', 'x'].map((letter) => `#define SCN${letter}${size} "${scan}${letter}"`),
  ])
  return `
#ifndef _INTTYPES_H
#define _INTTYPES_H 1
#include <stdint.h>
${lines.join('\n')}
extern intmax_t imaxabs(intmax_t __n);
extern intmax_t strtoimax(const char *__restrict __nptr, char **__restrict __endptr, int __base);
extern uintmax_t strtoumax(const char *__restrict __nptr, char **__restrict __endptr, int __base);
#endif
`
}

export function errnoHeader(): string {
  const names =
    'PERM NOENT SRCH INTR IO NXIO 2BIG NOEXEC BADF CHILD AGAIN NOMEM ACCES FAULT NOTBLK BUSY EXIST XDEV NODEV NOTDIR ISDIR INVAL NFILE MFILE NOTTY TXTBSY FBIG NOSPC SPIPE ROFS MLINK PIPE DOM RANGE DEADLK NAMETOOLONG NOLCK NOSYS NOTEMPTY LOOP'.split(
      ' ',
    )
  const more: Readonly<Record<string, number>> = {
    NOMSG: 42,
    IDRM: 43,
    NODATA: 61,
    TIME: 62,
    PROTO: 71,
    BADMSG: 74,
    OVERFLOW: 75,
    ILSEQ: 84,
    USERS: 87,
    NOTSOCK: 88,
    DESTADDRREQ: 89,
    MSGSIZE: 90,
    PROTOTYPE: 91,
    NOPROTOOPT: 92,
    PROTONOSUPPORT: 93,
    SOCKTNOSUPPORT: 94,
    OPNOTSUPP: 95,
    PFNOSUPPORT: 96,
    AFNOSUPPORT: 97,
    ADDRINUSE: 98,
    ADDRNOTAVAIL: 99,
    NETDOWN: 100,
    NETUNREACH: 101,
    NETRESET: 102,
    CONNABORTED: 103,
    CONNRESET: 104,
    NOBUFS: 105,
    ISCONN: 106,
    NOTCONN: 107,
    SHUTDOWN: 108,
    TIMEDOUT: 110,
    CONNREFUSED: 111,
    HOSTDOWN: 112,
    HOSTUNREACH: 113,
    ALREADY: 114,
    INPROGRESS: 115,
    STALE: 116,
    DQUOT: 122,
    CANCELED: 125,
  }
  return `
#ifndef _ERRNO_H
#define _ERRNO_H 1
${names.map((name, index) => `#define E${name} ${index + 1}`).join('\n')}
${Object.entries(more)
  .map(([name, number]) => `#define E${name} ${number}`)
  .join('\n')}
#define EWOULDBLOCK EAGAIN
#define EDEADLOCK EDEADLK
#define ENOTSUP EOPNOTSUPP
extern int *__errno_location(void);
#define errno (*__errno_location())
#ifdef _GNU_SOURCE
extern char *program_invocation_name;
extern char *program_invocation_short_name;
#endif
#endif
`
}

export function mathHeader(): string {
  const one =
    'acos asin atan acosh asinh atanh cos sin tan cosh sinh tanh exp exp2 expm1 log log10 log2 log1p sqrt cbrt ceil floor trunc round rint nearbyint fabs'
  const two = 'atan2 pow fmod remainder hypot fmax fmin fdim copysign'
  const prototypes = (names: string, parameters: (type: string) => string) =>
    names
      .split(' ')
      .flatMap((name) => [
        `extern double ${name}(${parameters('double')});`,
        `extern float ${name}f(${parameters('float')});`,
        `extern long double ${name}l(${parameters('long double')});`,
      ])
      .join('\n')
  return `
#ifndef _MATH_H
#define _MATH_H 1
#define HUGE_VAL 1e10000
#define HUGE_VALF 1e10000f
#define INFINITY HUGE_VALF
extern float __builtin_nanf(const char *__tag);
#define NAN (__builtin_nanf(""))
#define M_E 2.7182818284590452354
#define M_LOG2E 1.4426950408889634074
#define M_LOG10E 0.43429448190325182765
#define M_LN2 0.69314718055994530942
#define M_LN10 2.30258509299404568402
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_1_PI 0.31830988618379067154
#define M_2_PI 0.63661977236758134308
#define M_SQRT2 1.41421356237309504880
#define M_SQRT1_2 0.70710678118654752440
#define FP_NAN 0
#define FP_INFINITE 1
#define FP_ZERO 2
#define FP_SUBNORMAL 3
#define FP_NORMAL 4
${prototypes(one, (type) => `${type} __x`)}
${prototypes(two, (type) => `${type} __x, ${type} __y`)}
extern double ldexp(double __x, int __exponent);
extern double frexp(double __x, int *__exponent);
extern double modf(double __x, double *__iptr);
extern long int lround(double __x);
extern long int lrint(double __x);
extern long long int llround(double __x);
extern int __fpclassify(double __value);
extern int __isnan(double __value);
extern int __isinf(double __value);
extern int __finite(double __value);
extern int __signbit(double __value);
#define fpclassify(x) __fpclassify(x)
#define isnan(x) __isnan(x)
#define isinf(x) __isinf(x)
#define isfinite(x) (__finite(x) != 0)
#define isnormal(x) (__fpclassify(x) == FP_NORMAL)
#define signbit(x) __signbit(x)
#endif
`
}
