#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
extern char **environ;
int main(void) { printf("%d %d\n", getenv("HOME") != NULL, getenv("NOPE") == NULL); setenv("X", "1", 1); setenv("X", "2", 0); printf("%s\n", getenv("X")); setenv("X", "3", 1); printf("%s\n", getenv("X")); putenv("Y=why"); puts(getenv("Y")); unsetenv("X"); printf("%d\n", getenv("X") == NULL); int n = 0; for (char **e = environ; *e; e++) if (!strncmp(*e, "Y=", 2)) n++; printf("%d\n", n); printf("%d\n", setenv("a=b", "c", 1)); clearenv(); printf("%d\n", environ == NULL); return 0; }
