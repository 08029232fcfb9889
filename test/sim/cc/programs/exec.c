#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
#include <errno.h>
#include <string.h>
static void run(int how) {
  fflush(stdout); pid_t p = fork();
  if (p == 0) { char *v[] = {"echo", "from", "execv", NULL}; char *e[] = {"A=1", "B=two", NULL};
    switch (how) { case 0: execl("/bin/echo", "echo", "from", "execl", (char *)NULL); case 1: execv("/bin/echo", v); case 2: execlp("echo", "echo", "from execlp", NULL); case 3: execve("/usr/bin/env", (char *[]){"env", NULL}, e); case 4: execle("/bin/sh", "sh", "-c", "echo $A; exit 9", NULL, e); case 5: execl("/no/such", "x", NULL); printf("%s\n", strerror(errno)); fflush(stdout); _exit(127); case 6: execvp("no-such-cmd", v); perror("execvp"); _exit(1); } _exit(2); }
  int s; waitpid(p, &s, 0); printf("%d\n", WEXITSTATUS(s));
}
int main(void) { for (int i = 0; i < 7; i++) run(i); return 0; }
