#include <stdio.h>
#include <errno.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>
int main(void) { errno = ENOENT; perror("open"); perror(""); perror(NULL); fprintf(stderr, "%s %m\n", "fmt"); errno = EACCES; printf("%m\n"); fputs("x\n", stderr); write(2, "raw\n", 4); fprintf(stderr, "%d", 1); fputc('\n', stderr); return errno; }
