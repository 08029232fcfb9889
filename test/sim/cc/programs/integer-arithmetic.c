#include <stdio.h>
#include <limits.h>
#include <stdint.h>
int main(void) {
  printf("%d %d %d %d\n", 7 / 2, -7 / 2, 7 % 3, -7 % 3);
  unsigned u = 3; int neg = -5; printf("%u %d %d\n", u - 5, neg < (int)u, neg < u);
  char c = 127; c++; printf("%d\n", c); unsigned char uc = 255; uc++; printf("%d\n", uc);
  short s = SHRT_MAX; s++; printf("%d\n", s); int i = INT_MAX; i = (int)((unsigned)i + 1u); printf("%d\n", i);
  printf("%d %d %u %d\n", 1 << 10, -16 >> 2, 0xf0000000u >> 4, ~5);
  printf("%x %x %x\n", 0xff & 0x0f, 0xf0 | 0x0f, 0xff ^ 0x0f);
  long l = LONG_MAX; printf("%ld %lu\n", l, (unsigned long)l * 2 + 1);
  uint64_t h = 14695981039346656037ULL; for (const char *p = "hash me"; *p; p++) { h ^= (unsigned char)*p; h *= 1099511628211ULL; } printf("%lx\n", h);
  int64_t big = -9007199254740993LL; printf("%ld %ld %ld\n", big, big / 3, big % 1000);
  printf("%ld %ld\n", big * 3, big - 9007199254740993LL);
  uint32_t x = 123456789; for (int k = 0; k < 5; k++) { x ^= x << 13; x ^= x >> 17; x ^= x << 5; } printf("%u\n", x);
  uint64_t y = 88172645463325252ULL; for (int k = 0; k < 5; k++) { y ^= y << 13; y ^= y >> 7; y ^= y << 17; } printf("%lu\n", y);
  printf("%d %d %d\n", (int)3.99, (int)-3.99, (char)300); printf("%u %ld\n", (unsigned)-1, (long)(int)4294967295u);
  printf("%d %d\n", 5 && 0, 5 || 0); printf("%d %d %d\n", !5, !0, !!7);
  printf("%zu %zu %zu %zu\n", sizeof(char), sizeof 'a', sizeof 1L, sizeof(1 ? 1 : 1L));
  int a = 5; a += 3; a -= 1; a *= 2; a /= 3; a %= 3; a <<= 4; a |= 5; a &= 0x15; a ^= 1; printf("%d\n", a);
  int p = 1; int q = p++ + p++; printf("%d\n", p); q = q; printf("%lld %llu\n", LLONG_MIN, ULLONG_MAX);
  printf("%d\n", (unsigned char)200 + (unsigned char)100); printf("%d\n", 'a' + 1); printf("%d\n", -1 > 1u);
  long long prod = 1; for (int k = 1; k <= 20; k++) prod *= k; printf("%lld\n", prod);
  _Bool b = 42; printf("%d %d\n", b, (_Bool)0.5); b = !b; printf("%d\n", b);
  return 0;
}
