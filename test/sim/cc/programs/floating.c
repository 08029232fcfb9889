#include <stdio.h>
#include <math.h>
#include <stdlib.h>
int main(void) {
  float f = 1.0f / 3; double d = 1.0 / 3; printf("%.10f %.17f\n", f, d);
  printf("%d %d\n", f == d, 0.1 + 0.2 == 0.3); printf("%.17g\n", 0.1 + 0.2);
  float acc = 0; for (int i = 0; i < 10; i++) acc += 0.1f; printf("%.9f %d\n", acc, acc == 1.0f);
  printf("%f %f %f %f\n", sqrt(2), pow(2, 10), sin(1), exp(1)); printf("%f %f %f %f\n", floor(-2.5), ceil(-2.5), round(2.5), fabs(-3));
  printf("%f %f\n", fmod(7.5, 2), hypot(3, 4)); printf("%d %d %d\n", (int)1e9, (int)2.9, (int)-2.9);
  double big = 1e308 * 10; printf("%f %f\n", big, -big); printf("%d\n", big > 1e308);
  double x = strtod("3.5e2xyz", NULL); printf("%g %g %g\n", x, atof("-1.25"), strtod("0x1.8p1", NULL));
  int i = 7; double avg = i / 2; printf("%f %f\n", avg, i / 2.0); float g = 16777217; printf("%f\n", g);
  printf("%d\n", (int)(0.7 * 10)); unsigned long u = 18446744073709551615UL; printf("%f\n", (double)u); printf("%g\n", (float)u);
  double e; double fr = frexp(10.0, &i); printf("%g %d %g\n", fr, i, ldexp(0.5, 4)); fr = modf(3.75, &e); printf("%g %g\n", fr, e);
  printf("%d %d %d\n", -0.0 == 0.0, 1 / -0.0 < 0, isinf(big) != 0); f += 1; f *= 2; f -= 0.5; f /= 4; printf("%f\n", f); f++; d--; printf("%f %f\n", f, d); printf("%d\n", !d);
  return 0;
}
