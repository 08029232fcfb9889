#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
static int run(char *line) { char *argv[16]; int n = 0; for (char *t = strtok(line, " "); t && n < 15; t = strtok(NULL, " ")) argv[n++] = t; argv[n] = NULL; if (!n) return 0; pid_t p = fork(); if (p == 0) { execvp(argv[0], argv); fprintf(stderr, "%s: not found\n", argv[0]); _exit(127); } int s; waitpid(p, &s, 0); return WIFEXITED(s) ? WEXITSTATUS(s) : 128 + WTERMSIG(s); }
int main(void) { char lines[][32] = {"echo hello there", "true", "false", "sh -c exit\\ 3", "nope", "sh -c kill\\ -9\\ $$"}; for (int i = 0; i < 3; i++) { printf("%s:", lines[i]); fflush(stdout); printf(" -> %d\n", run(lines[i])); fflush(stdout); } printf("%d\n", run(lines[4])); return 0; }
