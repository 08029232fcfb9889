#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <sys/wait.h>
#include <sys/prctl.h>
static volatile sig_atomic_t term; static void on_term(int s) { term = 1; }
int main(void) { prctl(PR_SET_CHILD_SUBREAPER, 1); struct sigaction sa = {.sa_handler = on_term}; sigaction(SIGTERM, &sa, NULL); pid_t main_child = fork(); if (main_child == 0) { for (int i = 0; i < 3; i++) if (fork() == 0) { usleep(1000 * (i + 1)); _exit(i); } kill(getppid(), SIGTERM); usleep(100000); _exit(9); } int n = 0, s; pid_t p; while ((p = wait(&s)) > 0 || term) { if (p > 0) { n++; if (p == main_child) printf("main child %d\n", WEXITSTATUS(s)); } else { term = 0; printf("term\n"); } } printf("%d\n", n >= 3); return 0; }
