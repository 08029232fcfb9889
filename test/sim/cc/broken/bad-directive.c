// gcc
#inclde <stdio.h>
#define
#if 1
int main(void) { return 0; }
