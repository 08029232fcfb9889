#include <stdio.h>
int main(void) {
  char *s = "hello";
  printf("[%s][%10s][%-10s][%.3s][%10.2s][%-10.2s][%.0s]\n", s, s, s, s, s, s, s);
  printf("[%*s][%-*s][%.*s]\n", 8, s, 8, s, 2, s);
  printf("%s %.3s [%.10s]\n", (char*)0, (char*)0, (char*)0);
  printf("%c%c%c\n", 0x41, 66, 'C');
  char raw[3] = {'a','b','c'};
  printf("%.3s\n", raw);
  printf("tab\tquote\"back\\slash\x41\101\n");
  puts("");
  printf("%s" "%s\n", "a", "b");
  int r = printf("count\n"); printf("%d\n", r);
  return 0;
}
