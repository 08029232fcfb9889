#include <stdio.h>
#include <limits.h>
int main(void) {
  printf("%d|%5d|%-5d|%05d|%+d|% d|%.3d|%8.3d|%-8.3d|\n", 42, 42, 42, 42, 42, 42, 42, 42, 42);
  printf("%u %x %X %o %#x %#o %#X\n", 4000000000u, 255, 255, 8, 255, 8, 255);
  printf("%hhd %hd %ld %lld %zu %zd\n", 300, 70000, LONG_MIN, LLONG_MAX, sizeof(long), (long)-3);
  printf("%hhu %hu %lu %llu %lx\n", 300, 70000, ULONG_MAX, ULLONG_MAX, ULONG_MAX);
  printf("%*d|%-*d|%.*d|%*.*d|\n", 6, 1, 6, 2, 4, 3, 8, 4, 5);
  printf("%d%%%c%c|%5c|%-5c|\n", 100, 'a', 'b', 'c', 'd');
  printf("%+5d|%+05d|% 05d|%-+5d|%#010x|%#-10x|\n", 7, 7, 7, 7, 7, 7);
  printf("[%.0d][%.0d][%d][%i]\n", 0, 1, INT_MIN, -0);
  printf("%ju %td %jd\n", (unsigned long)5, (long)-5, (long)9);
  int n; printf("abc%n", &n); printf(" %d\n", n);
  printf("%p %p\n", (void*)0, (void*)0x1234);
  printf("%10p|%-10p|\n", (void*)0x12, (void*)0x12);
  printf("%5%|%y|%");
  printf("\n");
  return 0;
}
