// What gcc knows of the standard headers without reading them: which header has a name, and the functions built into it.

const names: Readonly<Record<string, string>> = {
  'errno.h': 'errno',
  'assert.h': 'assert',
  'stdbool.h': 'bool true false',
  'stdarg.h': 'va_list va_start va_arg va_end va_copy',
  'stddef.h': 'NULL offsetof ptrdiff_t size_t wchar_t',
  'stdint.h':
    'int8_t uint8_t int16_t uint16_t int32_t uint32_t int64_t uint64_t intptr_t uintptr_t INT8_MAX INT16_MAX INT32_MAX ' +
    'INT64_MAX UINT8_MAX UINT16_MAX UINT32_MAX UINT64_MAX INTPTR_MAX UINTPTR_MAX SIZE_MAX PTRDIFF_MAX WCHAR_MAX',
  'stdio.h': 'BUFSIZ EOF FILE FILENAME_MAX fopen fpos_t getchar printf snprintf sprintf stderr stdin stdout',
  'stdlib.h': 'EXIT_FAILURE EXIT_SUCCESS abort atexit atoi free getenv malloc realloc',
  'string.h':
    'memchr memcmp memcpy memmove memset strcat strchr strcmp strcpy strlen strncat strncmp strncpy strrchr strspn strstr',
  'limits.h':
    'CHAR_BIT CHAR_MAX CHAR_MIN INT_MAX INT_MIN LLONG_MAX LLONG_MIN LONG_MAX LONG_MIN SCHAR_MAX SCHAR_MIN SHRT_MAX ' +
    'SHRT_MIN UCHAR_MAX UINT_MAX ULLONG_MAX ULONG_MAX USHRT_MAX',
  'float.h': 'DBL_MAX DBL_MIN FLT_DIG FLT_MAX FLT_MIN FLT_RADIX LDBL_MAX LDBL_MIN',
  'time.h': 'asctime clock clock_t CLOCKS_PER_SEC ctime difftime gmtime localtime mktime strftime time time_t',
}

/** The header of a name. */
export const knownHeaders: ReadonlyMap<string, string> = new Map(
  Object.entries(names).flatMap(([header, list]) => list.split(' ').map((name): [string, string] => [name, header])),
)

const prototypes: Readonly<Record<string, readonly string[]>> = {
  'stdio.h': [
    'int printf(const char *, ...)',
    'int fprintf(void *, const char *, ...)',
    'int sprintf(char *, const char *, ...)',
    'int snprintf(char *, unsigned long, const char *, ...)',
    'int scanf(const char *, ...)',
    'int sscanf(const char *, const char *, ...)',
    'int fscanf(void *, const char *, ...)',
    'int puts(const char *)',
    'int putchar(int)',
    'int fputs(const char *, void *)',
    'int fputc(int, void *)',
    'unsigned long fwrite(const void *, unsigned long, unsigned long, void *)',
  ],
  'stdlib.h': [
    'void *malloc(unsigned long)',
    'void *calloc(unsigned long, unsigned long)',
    'void *realloc(void *, unsigned long)',
    'void free(void *)',
    'void exit(int)',
    'void abort(void)',
    'int abs(int)',
    'long labs(long)',
  ],
  'string.h': [
    'unsigned long strlen(const char *)',
    'char *strcpy(char *, const char *)',
    'char *strncpy(char *, const char *, unsigned long)',
    'char *strcat(char *, const char *)',
    'char *strncat(char *, const char *, unsigned long)',
    'int strcmp(const char *, const char *)',
    'int strncmp(const char *, const char *, unsigned long)',
    'char *strchr(const char *, int)',
    'char *strrchr(const char *, int)',
    'char *strstr(const char *, const char *)',
    'char *strpbrk(const char *, const char *)',
    'unsigned long strspn(const char *, const char *)',
    'unsigned long strcspn(const char *, const char *)',
    'char *strdup(const char *)',
    'char *strndup(const char *, unsigned long)',
    'void *memcpy(void *, const void *, unsigned long)',
    'void *memmove(void *, const void *, unsigned long)',
    'void *memset(void *, int, unsigned long)',
    'int memcmp(const void *, const void *, unsigned long)',
    'void *memchr(const void *, int, unsigned long)',
  ],
  'ctype.h': [
    'isalnum',
    'isalpha',
    'isblank',
    'iscntrl',
    'isdigit',
    'isgraph',
    'islower',
    'isprint',
    'ispunct',
    'isspace',
    'isupper',
    'isxdigit',
    'tolower',
    'toupper',
  ].map((name) => `int ${name}(int)`),
  'math.h': [
    ...[
      'sqrt',
      'sin',
      'cos',
      'tan',
      'exp',
      'log',
      'log10',
      'log2',
      'floor',
      'ceil',
      'fabs',
      'round',
      'trunc',
      'cbrt',
      'atan',
      'asin',
      'acos',
    ].map((name) => `double ${name}(double)`),
    'double pow(double, double)',
    'double fmod(double, double)',
    'double atan2(double, double)',
    'double hypot(double, double)',
  ],
  'unistd.h': [
    'int fork(void)',
    'void _exit(int)',
    'int execl(const char *, const char *, ...)',
    'int execlp(const char *, const char *, ...)',
    'int execv(const char *, char *const *)',
    'int execvp(const char *, char *const *)',
    'int execve(const char *, char *const *, char *const *)',
  ],
}

/** Functions that gcc knows by itself: header and prototype. */
export const builtinHeaders: ReadonlyMap<string, { readonly header: string; readonly prototype: string }> = new Map(
  Object.entries(prototypes).flatMap(([header, list]) =>
    list.map((prototype): [string, { header: string; prototype: string }] => [
      /(\w+)\(/.exec(prototype)?.[1] ?? '',
      { header, prototype },
    ]),
  ),
)
