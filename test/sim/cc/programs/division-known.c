// Divisions by zero that gcc knows the result of, and those that the processor traps.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define try(expression)                                                                                                \
  {                                                                                                                    \
    int status;                                                                                                        \
    fflush(stdout);                                                                                                    \
    if (fork() == 0) exit((int)(expression) & 0x7f);                                                                   \
    wait(&status);                                                                                                     \
    if (WIFSIGNALED(status)) printf("%s: signal %d\n", #expression, WTERMSIG(status));                                 \
    else printf("%s: %d\n", #expression, WEXITSTATUS(status));                                                         \
  }

struct holder {
  int value;
};

int main(int argc, char **argv) {
  int zero = argc - 1, one = argc, minus = argc - 2, many = argc + 8;
  unsigned none = argc - 1, single = argc;
  long wide = argc - 1;
  struct holder in = {0};
  int list[1] = {0}, *to = &zero;
  (void)argv;
  try(0 / zero);
  try(zero / zero);
  try(zero % zero);
  try(1 / zero);
  try(1 % zero);
  try(5 / zero);
  try(-1 / zero);
  try(1 / none);
  try(none / none);
  try(1L / zero);
  try(1 / wide);
  try(1 / in.value);
  try(list[0] / list[0]);
  try(*to / *to);
  try((zero + 0) / (zero + 0));
  try(in.value / list[0]);
  try(1 / one);
  try(1 / minus);
  try(1 / many);
  try(1 / single);
  try(many / many);
  try(many % many);
  return 0;
}
