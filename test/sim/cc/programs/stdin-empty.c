#include <stdio.h>
int main(void) { char b[10]; int x; printf("%d %d %d\n", getchar() == EOF, fgets(b, 10, stdin) == NULL, scanf("%d", &x)); printf("%d\n", feof(stdin) != 0); return 0; }
