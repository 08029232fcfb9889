// gcc -Wall
#include <stdio.h>
int main(void) {
  long l = 1; int i = 2; char c = 65; unsigned u = 3; size_t s = 4; double d = 1; float f = 2; char *p = "x"; void *v = p; short h = 1; unsigned char uc = 1; long long ll = 1; const char *cp = "a"; int *ip = &i;
  printf("%d " "%s\n", l, i);
  printf("%d\n"
    "%s\n", l,
    i);
  printf("%ld %lu %u %x\n", i, i, l, l);
  printf("%c %s %p %d\n", p, c, i, d);
  printf("%f %d %d %s\n", i, d, f, v);
  printf("%p %p %p\n", ip, cp, s);
  printf("%zu %zd %d\n", i, s, s);
  printf("%lld %d %hhd %hd\n", l, ll, i, l);
  printf("%*d %.*f\n", l, i, d, d);
  printf("%5.2d|%-5s|%05d\n", d, i, p);
  printf("%d\n");
  printf("%s %d\n", i);
  fprintf(stderr, "%s\n", i); sprintf(p, "%d", p); snprintf(p, 3, "%d", p);
  printf("hi\n", i); printf("%d %d\n", i, i, i); printf("%%\n"); printf("");  printf("%i %o %X %e %g %a\n", l, l, l, i, i, i);
   printf(p, i); printf("%hhx %hx\n", uc, h); printf("%lu\n", u); printf("%u\n", s); printf("%lx\n", p); printf("%m %n\n", &i); printf("%y\n");
  return 0;
}
