#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
#include <sys/mman.h>
struct shared { volatile int n; int log[16]; };
int main(void) { struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0); int p[2], q[2]; pipe(p); pipe(q); if (!fork()) { char c; for (int i = 0; i < 5; i++) { read(p[0], &c, 1); s->log[s->n++] = i * i; write(q[1], "k", 1); } _exit(0); } char c; for (int i = 0; i < 5; i++) { write(p[1], "g", 1); read(q[0], &c, 1); printf("%d ", s->n); } wait(0); for (int i = 0; i < s->n; i++) printf("%d ", s->log[i]); puts(""); printf("%d\n", munmap(s, sizeof *s)); return 0; }
