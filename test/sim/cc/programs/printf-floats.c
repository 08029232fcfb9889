#include <stdio.h>
#include <math.h>
#include <float.h>
int main(void) {
  double values[] = {0.0, -0.0, 1.0, 0.5, 1.5, 2.5, 3.14159265358979, 1e10, 1e-10, 123456789.123456789, 1e100, 5e-324, DBL_MAX, 0.1, 99999.95, 0.000012345};
  for (int i = 0; i < sizeof values / sizeof *values; i++)
    printf("%f|%e|%g|%.0f|%.2f|%.10g|%G|%E|%a\n", values[i], values[i], values[i], values[i], values[i], values[i], values[i], values[i], values[i]);
  printf("%10.3f|%-10.3f|%+.3f|%010.3f|% f|%#.0f|%#g\n", 3.14159, 3.14159, 3.14159, -3.14159, 3.14159, 3.0, 3.0);
  printf("%f %F %e %g %5.1f|%-8f|%08f\n", INFINITY, -INFINITY, INFINITY, -INFINITY, INFINITY, INFINITY, INFINITY);
  printf("%.3a %.0a %A\n", 1.999, 1.5, 255.0);
  printf("%Lf %Lg %.3Le\n", 1.5L, 2.25L, 12345.678L);
  float f = 0.1f; printf("%f %.10f %g\n", f, f, f);
  printf("%.15g %.17g\n", 0.1, 0.1);
  printf("%.0f %.0f %.0f %.0f\n", 0.5, 1.5, 2.5, 3.5);
  printf("%g %g %g %g\n", 100000.0, 1000000.0, 0.0001, 0.00001);
  return 0;
}
