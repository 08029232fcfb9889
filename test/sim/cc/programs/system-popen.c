#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
int main(void) { printf("first\n"); fflush(stdout); int s = system("echo second; exit 3"); printf("%d\n", WEXITSTATUS(s)); FILE *p = popen("echo a; echo b", "r"); char l[16]; while (fgets(l, 16, p)) printf("got %s", l); printf("%d\n", pclose(p)); fflush(stdout); p = popen("cat", "w"); fprintf(p, "to cat\n"); pclose(p); printf("%d\n", system(NULL) != 0); return 0; }
