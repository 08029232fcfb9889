#include <stdio.h>

struct pair {
  int a;
  const char *name;
};

static const char *table[] = {[0 ... 3] = "low", [4] = "mid", [5 ... 7] = "high"};
static int grid[3][4] = {[0 ... 1] = {[1 ... 2] = 5}, [2][0 ... 3] = 9};
static struct pair pairs[5] = {[1 ... 3] = {.a = 2, .name = "two"}, {4, "four"}};
static int both[2][3] = {[0 ... 1][0 ... 1] = 8};
static struct {
  int n[4];
  int after;
} s = {.n[1 ... 2] = 6, .n[3] = 1, .after = 3};

int main(void) {
  int local[6] = {[0 ... 1] = -1, [2] = 2, 3, [4 ... 5] = -1};
  char flags[256] = {['0' ... '9'] = 1, ['a' ... 'f'] = 1, ['_'] = 2};
  int open[] = {[2 ... 4] = 1, 7};
  int sum = 0;
  for (unsigned i = 0; i < sizeof table / sizeof *table; i++) printf("%s ", table[i]);
  printf("\n%zu\n", sizeof table / sizeof *table);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 4; j++) printf("%d ", grid[i][j]);
  printf("\n");
  for (int i = 0; i < 5; i++) printf("%d %s ", pairs[i].a, pairs[i].name ? pairs[i].name : "-");
  printf("\n");
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 3; j++) printf("%d ", both[i][j]);
  printf("\n%d %d %d %d %d\n", s.n[0], s.n[1], s.n[2], s.n[3], s.after);
  for (int i = 0; i < 6; i++) printf("%d ", local[i]);
  for (int i = 0; i < 256; i++) sum += flags[i];
  printf("\n%d %d %d\n", sum, flags['7'], flags['g']);
  for (unsigned i = 0; i < sizeof open / sizeof *open; i++) printf("%d ", open[i]);
  printf("\n");
  return 0;
}
