#include <stdio.h>
static int n; static int f(const char *s) { printf("%s ", s); return ++n; }
int main(void) { int a[5] = {0}; printf("-> %d %d %d\n", f("a"), f("b"), f("c")); int r = f("l") + f("r") * f("s"); printf("%d\n", r); a[f("i") % 5] = f("v"); printf("%d\n", a[7 % 5]); int x = f("p"), y = (f("q"), f("t")); printf("%d %d\n", x, y); f("1") && (n = 0, f("2")) || f("3"); puts(""); int i = 1; printf("%d %d %d\n", i++, i, ++i); int k = 3; k = k++ * 2 + k; printf("%d\n", k); return 0; }
