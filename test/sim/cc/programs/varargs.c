#include <stdio.h>
#include <stdarg.h>
static int sum(int n, ...) { va_list ap; va_start(ap, n); int s = 0; while (n--) s += va_arg(ap, int); va_end(ap); return s; }
static double mean(int n, ...) { va_list ap, bp; va_start(ap, n); va_copy(bp, ap); double s = 0; for (int i = 0; i < n; i++) s += va_arg(ap, double); va_end(ap); s += va_arg(bp, double); va_end(bp); return s / n; }
static void logf_(const char *fmt, ...) { va_list ap; va_start(ap, fmt); printf("log: "); vprintf(fmt, ap); va_end(ap); }
struct pt { int x, y; };
static int structs(int n, ...) { va_list ap; va_start(ap, n); int s = 0; for (int i = 0; i < n; i++) { struct pt p = va_arg(ap, struct pt); s += p.x * p.y; } va_end(ap); return s; }
static void mixed(const char *types, ...) {
  va_list ap; va_start(ap, types);
  for (; *types; types++) switch (*types) {
    case 'i': printf("int %d\n", va_arg(ap, int)); break;
    case 'l': printf("long %ld\n", va_arg(ap, long)); break;
    case 'd': printf("double %g\n", va_arg(ap, double)); break;
    case 's': printf("string %s\n", va_arg(ap, char *)); break;
    case 'c': printf("char %c\n", va_arg(ap, int)); break;
  }
  va_end(ap);
}
int main(void) {
  printf("%d %d\n", sum(3, 1, 2, 3), sum(0));
  printf("%g\n", mean(2, 1.0, 2.0));
  logf_("%s=%d %c %.2f %ld\n", "x", 5, 'z', 2.5, 1234567890123L);
  struct pt a = {2, 3}, b = {4, 5};
  printf("%d\n", structs(2, a, b));
  mixed("ildsc", 1, 2L, 3.5, "four", '5');
  char c = 'q'; short s = -7; float f = 1.25f;
  printf("%c %d %f\n", c, s, f);
  return 0;
}
