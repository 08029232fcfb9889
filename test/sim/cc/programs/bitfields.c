#include <stdio.h>
#include <string.h>
struct flags { unsigned a : 1, b : 3; int c : 4; unsigned : 0; unsigned d : 31; };
struct time { unsigned sec : 6, min : 6, hour : 5; signed zone : 6; };
struct wide { unsigned long x : 40; unsigned long y : 24; };
int main(void) {
  struct flags f = {1, 5, -3, 0x7fffffff};
  printf("%u %u %d %u %zu\n", f.a, f.b, f.c, f.d, sizeof f);
  f.b += 4; f.c = 9; f.a ^= 1; printf("%u %d %u\n", f.b, f.c, f.a);
  f.b++; printf("%u\n", f.b--); printf("%u\n", f.b);
  struct time t = {59, 30, 23, -12}; printf("%u:%u:%u %d\n", t.hour, t.min, t.sec, t.zone);
  t.sec++; printf("%u\n", t.sec);
  struct wide w = {0xffffffffffUL, 0xabcdef}; printf("%lx %lx %zu\n", (unsigned long)w.x, (unsigned long)w.y, sizeof w);
  w.x = 1UL << 39; printf("%lx\n", (unsigned long)w.x);
  unsigned raw; struct { unsigned lo : 8, mid : 8, hi : 16; } p = {0x11, 0x22, 0x3344}; memcpy(&raw, &p, 4); printf("%08x\n", raw);
  int r = (f.b = 12); printf("%d\n", r);
  return 0;
}
