// gcc -Wall -Wextra
#include <stdio.h>
struct s { int a, b; };
struct s i = {1};
int f(int a, int b) { return a + b; }
int main(void) {
  struct s x = {1}, y = {.a = 1}, z = {0}, w = {};
  struct s arr[] = {{1}, {2, 3}};
  int k = 0;
  k = k++;
  k = k++ + 1;
  k = f(k++, k);
  k++ + k;
  int q = k++ * k++;
  printf("%d %d\n", k++, k);
  arr[k] = arr[k++];
  int a2[3]; a2[k] = k++;
  k = k + 1, k = 2;
  return k++ + k;
}
