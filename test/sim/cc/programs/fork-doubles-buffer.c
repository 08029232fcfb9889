#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) { printf("before "); fork(); printf("after\n"); wait(NULL); return 0; }
