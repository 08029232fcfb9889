#include <stdio.h>
#include <unistd.h>
#include <stdlib.h>
static void h(void) { puts("never"); }
int main(void) { atexit(h); printf("lost"); fprintf(stderr, "kept"); _exit(3); }
