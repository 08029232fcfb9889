#include <stdio.h>
#define SQ(x) ((x) * (x))
#define STR(x) #x
#define XSTR(x) STR(x)
#define CAT(a, b) a##b
#define LOG(fmt, ...) printf("[%s] " fmt "\n", __func__, ##__VA_ARGS__)
#define MAX(a, b) ({ int _a = (a), _b = (b); _a > _b ? _a : _b; })
#define VERSION 3
#if VERSION > 2 && defined(SQ) && !defined(NOPE)
#define BIG 1
#elif 1
#define BIG 0
#endif
#ifdef BIG
static int CAT(foo, bar)(void) { return 12; }
#endif
#undef VERSION
int main(void) { printf("%d %s %s %d\n", SQ(1 + 2), STR(a + b), XSTR(BIG), foobar()); LOG("x=%d", 5); LOG("plain"); printf("%d %s\n", __LINE__, __FILE__);
#ifndef VERSION
  puts("undefined");
#endif
#if 0
  this is not C
#endif
  printf("%ld\n", __STDC_VERSION__); return 0; }
