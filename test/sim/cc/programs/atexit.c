#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static void a(void) { puts("a"); } static void b(void) { puts("b"); } static void c(int status, void *arg) { printf("%d %s\n", status, (char *)arg); }
int main(void) { atexit(a); atexit(b); on_exit(c, "arg"); puts("main"); return 7; }
