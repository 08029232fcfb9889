#include <stdio.h>
static int counter(void) { static int n = 10; return n++; }
static int global = 5; int tentative; static const char *const words[] = {"a", "b"};
extern int later; int later = 33;
static int arr[5] = {[1] = 4, [3] = 7}; static struct { int a; char *s; int *p; } st = {1, "text", &arr[3]};
static int *ptr = arr + 1; static char msg[] = "editable"; char **wp = (char **)words;
int main(void) {
  counter(); counter(); printf("%d %d %d %d\n", counter(), global, tentative, later);
  printf("%d %d %d %s %d %d\n", arr[0], arr[1], arr[3], st.s, *st.p, *ptr);
  msg[0] = 'E'; puts(msg); puts(words[1]); puts(wp[0]);
  { static int inner; inner += 2; printf("%d\n", inner); }
  for (int i = 0; i < 3; i++) { static int k = 100; printf("%d ", k++); } puts("");
  return 0;
}
