#include <stdio.h>
int main(int argc, char *argv[], char *envp[]) { printf("%d %s %d %d\n", argc, argv[0], argv[argc] == NULL, envp[0] != NULL); return argc; }
