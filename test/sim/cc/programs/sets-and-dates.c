#include <signal.h>
#include <stdio.h>
#include <time.h>

int main(void) {
  sigset_t set;
  struct tm day = {.tm_year = 124, .tm_mon = 1, .tm_mday = 29};
  char text[64];
  int count = 0;
  sigfillset(&set);
  for (int number = 1; number <= 64; number++) count += sigismember(&set, number) == 1;
  printf("%d signals, 32: %d, 33: %d\n", count, sigismember(&set, 32), sigismember(&set, 33));
  strftime(text, sizeof text, "%F %A %j %w", &day);
  puts(text);
  mktime(&day);
  strftime(text, sizeof text, "%F %A %j %w", &day);
  puts(text);
  printf("%s", asctime(&day));
  return 0;
}
