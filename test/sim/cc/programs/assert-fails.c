#include <assert.h>
#include <stdio.h>
static void check(int x) { assert(x > 0 && "must be positive"); }
int main(void) { check(1); check(0); return 0; }
