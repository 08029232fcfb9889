#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) { setvbuf(stdout, NULL, _IONBF, 0); printf("a"); if (fork() == 0) { printf("b"); _exit(0); } wait(NULL); printf("c\n"); _exit(0); }
