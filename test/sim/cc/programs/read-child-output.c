#include <stdio.h>
#include <unistd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
int main(void) { int p[2]; pipe(p); if (!fork()) { dup2(p[1], 1); close(p[0]); close(p[1]); printf("one two\nthree\n"); exit(0); } close(p[1]); FILE *f = fdopen(p[0], "r"); char *l = NULL; size_t n = 0; ssize_t r; while ((r = getline(&l, &n, f)) > 0) printf("%zd %s", r, l); free(l); fclose(f); wait(NULL); return 0; }
