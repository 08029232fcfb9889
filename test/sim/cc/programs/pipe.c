#include <stdio.h>
#include <unistd.h>
#include <string.h>
#include <sys/wait.h>
int main(void) {
  int a[2], b[2]; pipe(a); pipe(b);
  if (fork() == 0) { close(a[1]); close(b[0]); char buf[32]; int n; while ((n = read(a[0], buf, sizeof buf)) > 0) { for (int i = 0; i < n; i++) if (buf[i] >= 'a' && buf[i] <= 'z') buf[i] -= 32; write(b[1], buf, n); } _exit(0); }
  close(a[0]); close(b[1]); write(a[1], "hello pipe", 10); close(a[1]); char r[32] = ""; int n = read(b[0], r, 31); printf("%d %s\n", n, r); printf("%zd\n", read(b[0], r, 1)); wait(0); return 0;
}
