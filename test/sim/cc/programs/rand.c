#include <stdio.h>
#include <stdlib.h>
int main(void) {
  for (int i = 0; i < 5; i++) printf("%d ", rand()); puts("");
  srand(42); for (int i = 0; i < 5; i++) printf("%d ", rand() % 100); puts("");
  srand(1); printf("%d\n", rand()); srandom(7); printf("%ld %ld\n", random(), random()); unsigned s = 3; printf("%d %d\n", rand_r(&s), rand_r(&s)); printf("%d\n", RAND_MAX);
  return 0;
}
