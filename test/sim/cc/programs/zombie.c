#include <stdio.h>
#include <unistd.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/wait.h>
static char state(pid_t p) { char path[64], line[256]; sprintf(path, "/proc/%d/stat", p); FILE *f = fopen(path, "r"); if (!f) return '-'; fgets(line, 256, f); fclose(f); return *(strrchr(line, ')') + 2); }
int main(void) {
  pid_t p = fork(); if (p == 0) _exit(0); siginfo_t i; sleep(1); printf("%c\n", state(p)); kill(p, SIGKILL); printf("%c\n", state(p)); waitpid(p, 0, 0); printf("%c\n", state(p));
  p = fork(); if (p == 0) for (;;) pause(); sleep(1); printf("%c\n", state(p)); kill(p, SIGSTOP); sleep(1); printf("%c\n", state(p)); kill(p, SIGKILL); waitpid(p, 0, 0); return 0;
}
