#include <stdio.h>
#include <stdint.h>
union u { uint32_t i; float f; unsigned char b[4]; };
struct tagged { enum { INT, DBL, STR } kind; union { int i; double d; const char *s; } v; };
static void show(struct tagged t) { switch (t.kind) { case INT: printf("int %d\n", t.v.i); break; case DBL: printf("dbl %g\n", t.v.d); break; case STR: printf("str %s\n", t.v.s); } }
int main(void) {
  union u x; x.f = 1.0f; printf("%08x %d %d %d %d\n", x.i, x.b[0], x.b[1], x.b[2], x.b[3]);
  x.i = 0x40490fdb; printf("%f %zu\n", x.f, sizeof x);
  show((struct tagged){INT, {.i = 5}}); show((struct tagged){DBL, {.d = 2.5}}); show((struct tagged){.kind = STR, .v.s = "hey"});
  union { double d; uint64_t u; } d = {.d = -2.0}; printf("%016lx\n", d.u);
  return 0;
}
