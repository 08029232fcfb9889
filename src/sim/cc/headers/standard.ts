// The headers of the C standard, as real C: names and values of glibc on x86-64. `headers.ts` joins them with POSIX' own.
import { errnoHeader, inttypes, mathHeader } from './generated.ts'
import { limitHeaders } from './limits.ts'

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
  ...limitHeaders,
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
