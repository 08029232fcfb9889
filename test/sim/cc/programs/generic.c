#include <stdio.h>
#include <stdlib.h>

#define kind(x)                                                                                                        \
  _Generic((x),                                                                                                        \
      _Bool: "bool",                                                                                                   \
      char: "char",                                                                                                    \
      signed char: "signed char",                                                                                      \
      int: "int",                                                                                                      \
      unsigned: "unsigned",                                                                                            \
      long: "long",                                                                                                    \
      unsigned long: "unsigned long",                                                                                  \
      double: "double",                                                                                                \
      float: "float",                                                                                                  \
      char *: "char *",                                                                                                \
      const char *: "const char *",                                                                                    \
      int *: "int *",                                                                                                  \
      int (*)(void): "function",                                                                                       \
      struct point: "point",                                                                                           \
      default: "other")

struct point {
  int x, y;
};
enum color { red, green };

static int zero(void) { return 0; }
static long twice_long(long x) { return 2 * x; }
static double twice_double(double x) { return 2 * x; }
#define twice(x) _Generic((x), double: twice_double, default: twice_long)(x)

int main(void) {
  char c = 'a';
  const int ci = 1;
  int a[3] = {1, 2, 3};
  struct point p = {1, 2};
  enum color e = green;
  int calls = 0;
  puts(kind(c));
  puts(kind('a'));
  puts(kind(ci));
  puts(kind(1u));
  puts(kind(1L));
  puts(kind(sizeof(int)));
  puts(kind(1.0));
  puts(kind(1.0f));
  puts(kind("text"));
  puts(kind((const char *)"text"));
  puts(kind(a));
  puts(kind(&a[1]));
  puts(kind(zero));
  puts(kind(p));
  puts(kind(e));
  puts(kind(red));
  puts(kind((void *)0));
  puts(kind(c + c));
  puts(kind((_Bool)1));
  printf("%ld %g\n", twice(21), twice(1.25));
  printf("%d\n", _Generic(calls++, int: calls, default: -1));
  printf("%d\n", _Generic(1, long: calls++, int: 5));
  printf("%d\n", calls);
  _Generic(calls, int: calls) = 7;
  printf("%d %zu\n", calls, sizeof(_Generic(0, int: (char)1)));
  return _Generic(a, int *: EXIT_SUCCESS, default: EXIT_FAILURE);
}
