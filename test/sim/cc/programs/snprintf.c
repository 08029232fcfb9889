#include <stdio.h>
#include <string.h>
int main(void) {
  char b[8]; memset(b, 'x', sizeof b);
  int n = snprintf(b, sizeof b, "%s", "a long string");
  printf("%d [%s]\n", n, b);
  n = snprintf(NULL, 0, "%d-%d", 10, 200); printf("%d\n", n);
  n = snprintf(b, 1, "zzz"); printf("%d [%s]\n", n, b);
  char big[64]; sprintf(big, "%03d:%s", 7, "seven"); puts(big);
  n = sprintf(big + strlen(big), "+%x", 255); printf("%d %s\n", n, big);
  return 0;
}
