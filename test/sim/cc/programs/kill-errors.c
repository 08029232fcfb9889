#include <stdio.h>
#include <signal.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) { printf("%d\n", kill(getpid(), 0)); printf("%d %s\n", kill(999999, SIGTERM), strerror(errno)); printf("%d %s\n", kill(getpid(), 99), strerror(errno)); printf("%d %s\n", sigaction(SIGSTOP, &(struct sigaction){.sa_handler = SIG_IGN}, NULL), strerror(errno)); printf("%d %s\n", waitpid(1, NULL, 0), strerror(errno)); printf("%d %s\n", raise(0), strerror(0)); pid_t p = fork(); if (!p) _exit(0); waitpid(p, 0, 0); printf("%d %s\n", kill(p, 0), strerror(errno)); return 0; }
