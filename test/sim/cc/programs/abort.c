#include <stdlib.h>
#include <stdio.h>
int main(void) { printf("buffered\n"); abort(); }
