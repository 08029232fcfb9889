// The headers of the C standard, as real C: names and values of glibc on x86-64. `headers.ts` joins them with POSIX' own.

/** What stdlib.h and sys/wait.h both define. */
export const waitMacros = `#ifndef WNOHANG
#define WNOHANG 1
#define WUNTRACED 2
#define WEXITSTATUS(status) (((status) & 0xff00) >> 8)
#define WTERMSIG(status) ((status) & 0x7f)
#define WSTOPSIG(status) WEXITSTATUS(status)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WIFSIGNALED(status) (((signed char) (((status) & 0x7f) + 1) >> 1) > 0)
#define WIFSTOPPED(status) (((status) & 0xff) == 0x7f)
#endif`

export const standardHeaders: Readonly<Record<string, string>> = {
  'stddef.h': `
#ifndef _STDDEF_H
#define _STDDEF_H 1
typedef long ptrdiff_t;
typedef unsigned long size_t;
typedef int wchar_t;
typedef struct { long long __longs; long double __ld; } max_align_t;
#define NULL ((void *)0)
#define offsetof(type, member) ((size_t)&((type *)0)->member)
#endif
`,
  'bits/types.h': `
#ifndef _BITS_TYPES_H
#define _BITS_TYPES_H 1
typedef unsigned char __u_char;
typedef signed char __int8_t;
typedef unsigned char __uint8_t;
typedef short __int16_t;
typedef unsigned short __uint16_t;
typedef int __int32_t;
typedef unsigned int __uint32_t;
typedef long __int64_t;
typedef unsigned long __uint64_t;
typedef unsigned long __dev_t;
typedef unsigned int __uid_t;
typedef unsigned int __gid_t;
typedef unsigned long __ino_t;
typedef unsigned int __mode_t;
typedef unsigned long __nlink_t;
typedef long __off_t;
typedef int __pid_t;
typedef long __clock_t;
typedef long __time_t;
typedef unsigned int __id_t;
typedef unsigned int __useconds_t;
typedef long __suseconds_t;
typedef int __clockid_t;
typedef long __blksize_t;
typedef long __blkcnt_t;
typedef long __ssize_t;
typedef unsigned int __socklen_t;
#endif
`,
  'stdarg.h': `
#ifndef _STDARG_H
#define _STDARG_H 1
typedef __builtin_va_list va_list;
typedef __builtin_va_list __gnuc_va_list;
#define va_start(list, last) __builtin_va_start(list, last)
#define va_arg(list, type) __builtin_va_arg(list, type)
#define va_copy(to, from) __builtin_va_copy(to, from)
#define va_end(list) __builtin_va_end(list)
#endif
`,
  'stdbool.h': `
#ifndef _STDBOOL_H
#define _STDBOOL_H 1
#define bool _Bool
#define true 1
#define false 0
#define __bool_true_false_are_defined 1
#endif
`,
  'stdnoreturn.h': `
#ifndef _STDNORETURN_H
#define _STDNORETURN_H 1
#define noreturn _Noreturn
#endif
`,
  'stdalign.h': `
#ifndef _STDALIGN_H
#define _STDALIGN_H 1
#define alignas _Alignas
#define alignof _Alignof
#endif
`,
  'iso646.h': `
#ifndef _ISO646_H
#define _ISO646_H 1
#define and &&
#define and_eq &=
#define bitand &
#define bitor |
#define compl ~
#define not !
#define not_eq !=
#define or ||
#define or_eq |=
#define xor ^
#define xor_eq ^=
#endif
`,
  'limits.h': `
#ifndef _LIMITS_H
#define _LIMITS_H 1
#define CHAR_BIT 8
#define SCHAR_MIN (-128)
#define SCHAR_MAX 127
#define UCHAR_MAX 255
#define CHAR_MIN (-128)
#define CHAR_MAX 127
#define MB_LEN_MAX 16
#define SHRT_MIN (-32768)
#define SHRT_MAX 32767
#define USHRT_MAX 65535
#define INT_MIN (-INT_MAX - 1)
#define INT_MAX 2147483647
#define UINT_MAX 4294967295U
#define LONG_MIN (-LONG_MAX - 1L)
#define LONG_MAX 9223372036854775807L
#define ULONG_MAX 18446744073709551615UL
#define LLONG_MIN (-LLONG_MAX - 1LL)
#define LLONG_MAX 9223372036854775807LL
#define ULLONG_MAX 18446744073709551615ULL
#define SSIZE_MAX LONG_MAX
#define NAME_MAX 255
#define PATH_MAX 4096
#define PIPE_BUF 4096
#define ARG_MAX 131072
#define NGROUPS_MAX 65536
#define OPEN_MAX 1024
#define LINE_MAX 2048
#define HOST_NAME_MAX 64
#define LOGIN_NAME_MAX 256
#define IOV_MAX 1024
#define _POSIX_ARG_MAX 4096
#define _POSIX_PATH_MAX 256
#define _POSIX_PIPE_BUF 512
#endif
`,
  'float.h': `
#ifndef _FLOAT_H
#define _FLOAT_H 1
#define FLT_RADIX 2
#define FLT_EVAL_METHOD 0
#define FLT_ROUNDS 1
#define FLT_MANT_DIG 24
#define DBL_MANT_DIG 53
#define FLT_DIG 6
#define DBL_DIG 15
#define FLT_DECIMAL_DIG 9
#define DBL_DECIMAL_DIG 17
#define DECIMAL_DIG 21
#define FLT_MIN_EXP (-125)
#define FLT_MAX_EXP 128
#define DBL_MIN_EXP (-1021)
#define DBL_MAX_EXP 1024
#define FLT_MIN_10_EXP (-37)
#define FLT_MAX_10_EXP 38
#define DBL_MIN_10_EXP (-307)
#define DBL_MAX_10_EXP 308
#define FLT_MAX 3.40282346638528859811704183484516925e+38F
#define FLT_MIN 1.17549435082228750796873653722224568e-38F
#define FLT_EPSILON 1.19209289550781250000000000000000000e-7F
#define DBL_MAX ((double)1.79769313486231570814527423731704357e+308L)
#define DBL_MIN ((double)2.22507385850720138309023271733240406e-308L)
#define DBL_EPSILON ((double)2.22044604925031308084726333618164062e-16L)
#endif
`,
  'stdint.h': `
#ifndef _STDINT_H
#define _STDINT_H 1
#include <bits/types.h>
typedef __int8_t int8_t;
typedef __int16_t int16_t;
typedef __int32_t int32_t;
typedef __int64_t int64_t;
typedef __uint8_t uint8_t;
typedef __uint16_t uint16_t;
typedef __uint32_t uint32_t;
typedef __uint64_t uint64_t;
typedef signed char int_least8_t;
typedef short int_least16_t;
typedef int int_least32_t;
typedef long int_least64_t;
typedef unsigned char uint_least8_t;
typedef unsigned short uint_least16_t;
typedef unsigned int uint_least32_t;
typedef unsigned long uint_least64_t;
typedef signed char int_fast8_t;
typedef long int_fast16_t;
typedef long int_fast32_t;
typedef long int_fast64_t;
typedef unsigned char uint_fast8_t;
typedef unsigned long uint_fast16_t;
typedef unsigned long uint_fast32_t;
typedef unsigned long uint_fast64_t;
typedef long intptr_t;
typedef unsigned long uintptr_t;
typedef long intmax_t;
typedef unsigned long uintmax_t;
#define INT8_MIN (-128)
#define INT16_MIN (-32767-1)
#define INT32_MIN (-2147483647-1)
#define INT64_MIN (-9223372036854775807L-1)
#define INT8_MAX (127)
#define INT16_MAX (32767)
#define INT32_MAX (2147483647)
#define INT64_MAX (9223372036854775807L)
#define UINT8_MAX (255)
#define UINT16_MAX (65535)
#define UINT32_MAX (4294967295U)
#define UINT64_MAX (18446744073709551615UL)
#define INTPTR_MIN (-9223372036854775807L-1)
#define INTPTR_MAX (9223372036854775807L)
#define UINTPTR_MAX (18446744073709551615UL)
#define INTMAX_MIN (-9223372036854775807L-1)
#define INTMAX_MAX (9223372036854775807L)
#define UINTMAX_MAX (18446744073709551615UL)
#define PTRDIFF_MIN (-9223372036854775807L-1)
#define PTRDIFF_MAX (9223372036854775807L)
#define SIZE_MAX (18446744073709551615UL)
#define WCHAR_MIN (-2147483647-1)
#define WCHAR_MAX (2147483647)
#define INT8_C(c) c
#define INT16_C(c) c
#define INT32_C(c) c
#define INT64_C(c) c ## L
#define UINT8_C(c) c
#define UINT16_C(c) c
#define UINT32_C(c) c ## U
#define UINT64_C(c) c ## UL
#define INTMAX_C(c) c ## L
#define UINTMAX_C(c) c ## UL
#endif
`,
  'inttypes.h': inttypes(),
  'errno.h': errnoHeader(),
  'assert.h': `
#undef assert
#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
#define assert(expression) \\
  ((expression) ? (void)0 : __assert_fail(#expression, __FILE__, __LINE__, __func__))
#endif
#ifndef _ASSERT_H
#define _ASSERT_H 1
#define static_assert _Static_assert
extern void __assert_fail(const char *__assertion, const char *__file, unsigned int __line, const char *__function)
  __attribute__ ((__noreturn__));
#endif
`,
  'ctype.h': `
#ifndef _CTYPE_H
#define _CTYPE_H 1
extern int isalnum(int __c);
extern int isalpha(int __c);
extern int isascii(int __c);
extern int isblank(int __c);
extern int iscntrl(int __c);
extern int isdigit(int __c);
extern int isgraph(int __c);
extern int islower(int __c);
extern int isprint(int __c);
extern int ispunct(int __c);
extern int isspace(int __c);
extern int isupper(int __c);
extern int isxdigit(int __c);
extern int tolower(int __c);
extern int toupper(int __c);
extern int toascii(int __c);
#endif
`,
  'stdio.h': `
#ifndef _STDIO_H
#define _STDIO_H 1
#include <stddef.h>
#include <stdarg.h>
#include <bits/types.h>
typedef __off_t off_t;
typedef __ssize_t ssize_t;
typedef struct _IO_FILE FILE;
typedef struct { __off_t __pos; } fpos_t;
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2
#define BUFSIZ 8192
#define EOF (-1)
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define P_tmpdir "/tmp"
#define L_tmpnam 20
#define TMP_MAX 238328
#define FILENAME_MAX 4096
#define FOPEN_MAX 16
extern FILE *stdin;
extern FILE *stdout;
extern FILE *stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr
extern int remove(const char *__filename);
extern int rename(const char *__old, const char *__new);
extern FILE *tmpfile(void);
extern int fclose(FILE *__stream);
extern int fflush(FILE *__stream);
extern FILE *fopen(const char *__restrict __filename, const char *__restrict __modes);
extern FILE *freopen(const char *__restrict __filename, const char *__restrict __modes, FILE *__restrict __stream);
extern FILE *fdopen(int __fd, const char *__modes);
extern void setbuf(FILE *__restrict __stream, char *__restrict __buf);
extern int setvbuf(FILE *__restrict __stream, char *__restrict __buf, int __modes, size_t __n);
extern void setbuffer(FILE *__restrict __stream, char *__restrict __buf, size_t __size);
extern void setlinebuf(FILE *__stream);
extern int fprintf(FILE *__restrict __stream, const char *__restrict __format, ...);
extern int printf(const char *__restrict __format, ...);
extern int sprintf(char *__restrict __s, const char *__restrict __format, ...);
extern int snprintf(char *__restrict __s, size_t __maxlen, const char *__restrict __format, ...);
#ifdef _GNU_SOURCE
extern int asprintf(char **__restrict __ptr, const char *__restrict __format, ...);
#endif
extern int dprintf(int __fd, const char *__restrict __format, ...);
extern int vfprintf(FILE *__restrict __s, const char *__restrict __format, __gnuc_va_list __arg);
extern int vprintf(const char *__restrict __format, __gnuc_va_list __arg);
extern int vsprintf(char *__restrict __s, const char *__restrict __format, __gnuc_va_list __arg);
extern int vsnprintf(char *__restrict __s, size_t __maxlen, const char *__restrict __format, __gnuc_va_list __arg);
#ifdef _GNU_SOURCE
extern int vasprintf(char **__restrict __ptr, const char *__restrict __format, __gnuc_va_list __arg);
#endif
extern int vdprintf(int __fd, const char *__restrict __format, __gnuc_va_list __arg);
extern int fscanf(FILE *__restrict __stream, const char *__restrict __format, ...);
extern int scanf(const char *__restrict __format, ...);
extern int sscanf(const char *__restrict __s, const char *__restrict __format, ...);
extern int vfscanf(FILE *__restrict __s, const char *__restrict __format, __gnuc_va_list __arg);
extern int vscanf(const char *__restrict __format, __gnuc_va_list __arg);
extern int vsscanf(const char *__restrict __s, const char *__restrict __format, __gnuc_va_list __arg);
extern int fgetc(FILE *__stream);
extern int getc(FILE *__stream);
extern int getchar(void);
extern int getc_unlocked(FILE *__stream);
extern int getchar_unlocked(void);
extern int fputc(int __c, FILE *__stream);
extern int putc(int __c, FILE *__stream);
extern int putchar(int __c);
extern int putc_unlocked(int __c, FILE *__stream);
extern int putchar_unlocked(int __c);
extern char *fgets(char *__restrict __s, int __n, FILE *__restrict __stream);
extern __ssize_t getdelim(char **__restrict __lineptr, size_t *__restrict __n, int __delimiter,
  FILE *__restrict __stream);
extern __ssize_t getline(char **__restrict __lineptr, size_t *__restrict __n, FILE *__restrict __stream);
extern int fputs(const char *__restrict __s, FILE *__restrict __stream);
extern int puts(const char *__s);
extern int ungetc(int __c, FILE *__stream);
extern size_t fread(void *__restrict __ptr, size_t __size, size_t __n, FILE *__restrict __stream);
extern size_t fwrite(const void *__restrict __ptr, size_t __size, size_t __n, FILE *__restrict __s);
extern int fseek(FILE *__stream, long int __off, int __whence);
extern long int ftell(FILE *__stream);
extern void rewind(FILE *__stream);
extern int fseeko(FILE *__stream, __off_t __off, int __whence);
extern __off_t ftello(FILE *__stream);
extern int fgetpos(FILE *__restrict __stream, fpos_t *__restrict __pos);
extern int fsetpos(FILE *__stream, const fpos_t *__pos);
extern void clearerr(FILE *__stream);
extern int feof(FILE *__stream);
extern int ferror(FILE *__stream);
extern void perror(const char *__s);
extern int fileno(FILE *__stream);
extern FILE *popen(const char *__command, const char *__modes);
extern int pclose(FILE *__stream);
#endif
`,
  'stdlib.h': `
#ifndef _STDLIB_H
#define _STDLIB_H 1
#include <stddef.h>
${waitMacros}
typedef struct { int quot; int rem; } div_t;
typedef struct { long int quot; long int rem; } ldiv_t;
typedef struct { long long int quot; long long int rem; } lldiv_t;
typedef int (*__compar_fn_t) (const void *, const void *);
#define RAND_MAX 2147483647
#define EXIT_FAILURE 1
#define EXIT_SUCCESS 0
#define MB_CUR_MAX 1
extern double atof(const char *__nptr);
extern int atoi(const char *__nptr);
extern long int atol(const char *__nptr);
extern long long int atoll(const char *__nptr);
extern double strtod(const char *__restrict __nptr, char **__restrict __endptr);
extern float strtof(const char *__restrict __nptr, char **__restrict __endptr);
extern long double strtold(const char *__restrict __nptr, char **__restrict __endptr);
extern long int strtol(const char *__restrict __nptr, char **__restrict __endptr, int __base);
extern unsigned long int strtoul(const char *__restrict __nptr, char **__restrict __endptr, int __base);
extern long long int strtoll(const char *__restrict __nptr, char **__restrict __endptr, int __base);
extern unsigned long long int strtoull(const char *__restrict __nptr, char **__restrict __endptr, int __base);
extern long int random(void);
extern void srandom(unsigned int __seed);
extern int rand(void);
extern void srand(unsigned int __seed);
extern int rand_r(unsigned int *__seed);
extern double drand48(void);
extern long int lrand48(void);
extern void srand48(long int __seedval);
extern void *malloc(size_t __size);
extern void *calloc(size_t __nmemb, size_t __size);
extern void *realloc(void *__ptr, size_t __size);
extern void *reallocarray(void *__ptr, size_t __nmemb, size_t __size);
extern void free(void *__ptr);
extern void *aligned_alloc(size_t __alignment, size_t __size);
extern int posix_memalign(void **__memptr, size_t __alignment, size_t __size);
extern void *__builtin_alloca(unsigned long __size);
#define alloca(size) __builtin_alloca(size)
extern void abort(void) __attribute__ ((__noreturn__));
extern int atexit(void (*__func) (void));
extern int on_exit(void (*__func) (int __status, void *__arg), void *__arg);
extern void exit(int __status) __attribute__ ((__noreturn__));
extern int at_quick_exit(void (*__func) (void));
extern void quick_exit(int __status) __attribute__ ((__noreturn__));
extern void _Exit(int __status) __attribute__ ((__noreturn__));
extern char *getenv(const char *__name);
#ifdef _GNU_SOURCE
extern char *secure_getenv(const char *__name);
#endif
extern int putenv(char *__string);
extern int setenv(const char *__name, const char *__value, int __replace);
extern int unsetenv(const char *__name);
extern int clearenv(void);
extern int mkstemp(char *__template);
extern char *mkdtemp(char *__template);
extern int system(const char *__command);
extern char *realpath(const char *__restrict __name, char *__restrict __resolved);
extern void *bsearch(const void *__key, const void *__base, size_t __nmemb, size_t __size, __compar_fn_t __compar);
extern void qsort(void *__base, size_t __nmemb, size_t __size, __compar_fn_t __compar);
extern int abs(int __x);
extern long int labs(long int __x);
extern long long int llabs(long long int __x);
extern div_t div(int __numer, int __denom);
extern ldiv_t ldiv(long int __numer, long int __denom);
extern lldiv_t lldiv(long long int __numer, long long int __denom);
#endif
`,
  'string.h': `
#ifndef _STRING_H
#define _STRING_H 1
#include <stddef.h>
extern void *memcpy(void *__restrict __dest, const void *__restrict __src, size_t __n);
#ifdef _GNU_SOURCE
extern void *mempcpy(void *__restrict __dest, const void *__restrict __src, size_t __n);
#endif
extern void *memmove(void *__dest, const void *__src, size_t __n);
extern void *memccpy(void *__restrict __dest, const void *__restrict __src, int __c, size_t __n);
extern void *memset(void *__s, int __c, size_t __n);
extern int memcmp(const void *__s1, const void *__s2, size_t __n);
extern void *memchr(const void *__s, int __c, size_t __n);
#ifdef _GNU_SOURCE
extern void *memrchr(const void *__s, int __c, size_t __n);
extern void *rawmemchr(const void *__s, int __c);
extern void *memmem(const void *__haystack, size_t __haystacklen, const void *__needle, size_t __needlelen);
#endif
extern char *strcpy(char *__restrict __dest, const char *__restrict __src);
extern char *strncpy(char *__restrict __dest, const char *__restrict __src, size_t __n);
extern char *strcat(char *__restrict __dest, const char *__restrict __src);
extern char *strncat(char *__restrict __dest, const char *__restrict __src, size_t __n);
extern int strcmp(const char *__s1, const char *__s2);
extern int strncmp(const char *__s1, const char *__s2, size_t __n);
extern int strcoll(const char *__s1, const char *__s2);
extern size_t strxfrm(char *__restrict __dest, const char *__restrict __src, size_t __n);
extern char *strdup(const char *__s);
extern char *strndup(const char *__string, size_t __n);
extern char *strchr(const char *__s, int __c);
extern char *strrchr(const char *__s, int __c);
#ifdef _GNU_SOURCE
extern char *strchrnul(const char *__s, int __c);
#endif
extern size_t strcspn(const char *__s, const char *__reject);
extern size_t strspn(const char *__s, const char *__accept);
extern char *strpbrk(const char *__s, const char *__accept);
extern char *strstr(const char *__haystack, const char *__needle);
#ifdef _GNU_SOURCE
extern char *strcasestr(const char *__haystack, const char *__needle);
#endif
extern char *strtok(char *__restrict __s, const char *__restrict __delim);
extern char *strtok_r(char *__restrict __s, const char *__restrict __delim, char **__restrict __save_ptr);
extern size_t strlen(const char *__s);
extern size_t strnlen(const char *__string, size_t __maxlen);
extern char *strerror(int __errnum);
extern int __xpg_strerror_r(int __errnum, char *__buf, size_t __buflen);
#ifdef _GNU_SOURCE
extern char *strerror_r(int __errnum, char *__buf, size_t __buflen);
extern char *basename(const char *__filename);
extern const char *strerrorname_np(int __err);
extern const char *strerrordesc_np(int __err);
extern const char *sigabbrev_np(int __sig);
extern const char *sigdescr_np(int __sig);
#else
#define strerror_r __xpg_strerror_r
#endif
extern char *strsep(char **__restrict __stringp, const char *__restrict __delim);
extern char *strsignal(int __sig);
extern char *stpcpy(char *__restrict __dest, const char *__restrict __src);
extern char *stpncpy(char *__restrict __dest, const char *__restrict __src, size_t __n);
extern void explicit_bzero(void *__s, size_t __n);
#include <strings.h>
#endif
`,
  'math.h': mathHeader(),
  'setjmp.h': `
#ifndef _SETJMP_H
#define _SETJMP_H 1
struct __jmp_buf_tag { long __jmpbuf[8]; int __mask_was_saved; unsigned long __saved_mask[16]; };
typedef struct __jmp_buf_tag jmp_buf[1];
typedef struct __jmp_buf_tag sigjmp_buf[1];
extern int setjmp(jmp_buf __env);
extern int _setjmp(struct __jmp_buf_tag __env[1]);
extern int __sigsetjmp(struct __jmp_buf_tag __env[1], int __savemask);
#define setjmp(env) _setjmp(env)
#define sigsetjmp(env, savemask) __sigsetjmp(env, savemask)
extern void longjmp(struct __jmp_buf_tag __env[1], int __val) __attribute__ ((__noreturn__));
extern void _longjmp(struct __jmp_buf_tag __env[1], int __val) __attribute__ ((__noreturn__));
extern void siglongjmp(sigjmp_buf __env, int __val) __attribute__ ((__noreturn__));
#endif
`,
  'locale.h': `
#ifndef _LOCALE_H
#define _LOCALE_H 1
#include <stddef.h>
#define LC_CTYPE 0
#define LC_NUMERIC 1
#define LC_TIME 2
#define LC_COLLATE 3
#define LC_MONETARY 4
#define LC_MESSAGES 5
#define LC_ALL 6
extern char *setlocale(int __category, const char *__locale);
#endif
`,
}

function inttypes(): string {
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

function errnoHeader(): string {
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

function mathHeader(): string {
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
