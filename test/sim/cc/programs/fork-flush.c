#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) { printf("once\n"); fflush(stdout); if (fork() == 0) { printf("child\n"); return 0; } wait(NULL); printf("parent\n"); return 0; }
