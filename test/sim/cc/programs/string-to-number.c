#include <stdio.h>
#include <stdlib.h>
#include <errno.h>
#include <string.h>
#include <limits.h>
static void try(const char *s, int base) { char *e; errno = 0; long v = strtol(s, &e, base); printf("%s/%d -> %ld rest=[%s] %s\n", s, base, v, e, errno ? strerror(errno) : "ok"); }
int main(void) {
  try("42", 10); try("  -17xyz", 10); try("0x1f", 16); try("0x1f", 0); try("077", 0); try("zz", 36); try("", 10); try("abc", 10); try("99999999999999999999", 10); try("-99999999999999999999", 10); try("+5", 10); try("0x", 16); try("101", 2);
  printf("%d %d %ld %lld\n", atoi("12abc"), atoi("  -5"), atol("123456789012"), atoll("-9"));
  char *e; printf("%lu\n", strtoul("-1", &e, 10)); printf("%lu\n", strtoul("18446744073709551616", &e, 10)); printf("%d\n", errno == ERANGE);
  printf("%g [%s]\n", strtod("1e3abc", &e), e); printf("%g [%s]\n", strtod("nope", &e), e); printf("%f\n", strtod("inf", NULL));
  int a, b; char w[20]; float f; int n = sscanf("10 20 word 3.5", "%d %d %s %f", &a, &b, w, &f); printf("%d %d %d %s %g\n", n, a, b, w, f);
  n = sscanf("7,8", "%d,%d", &a, &b); printf("%d %d %d\n", n, a, b); n = sscanf("ff 077 12", "%x %i %o", &a, &b, &n); printf("%d %d\n", a, b);
  n = sscanf("abc", "%d", &a); printf("%d\n", n); n = sscanf("", "%d", &a); printf("%d\n", n); char c1, c2; n = sscanf("xy", "%c%c", &c1, &c2); printf("%d %c %c\n", n, c1, c2);
  n = sscanf("key: value here", "%[^:]: %[a-z ]", w, w + 10); printf("%d [%s] [%s]\n", n, w, w + 10); long l; n = sscanf("5000000000 skip 3", "%ld %*s %d", &l, &a); printf("%d %ld %d\n", n, l, a); n = sscanf("123456", "%3d%n", &a, &b); printf("%d %d %d\n", n, a, b);
  div_t d = div(17, 5); printf("%d %d\n", d.quot, d.rem); printf("%d %ld\n", abs(-3), labs(-4L)); return 0;
}
