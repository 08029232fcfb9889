#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) { fflush(stdout); pid_t p = vfork(); if (p == 0) { execlp("echo", "echo", "vforked", NULL); _exit(1); } int s; waitpid(p, &s, 0); printf("%d\n", WEXITSTATUS(s)); p = vfork(); if (p == 0) _exit(6); waitpid(p, &s, 0); printf("%d\n", WEXITSTATUS(s)); return 0; }
