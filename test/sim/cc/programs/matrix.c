#include <stdio.h>
#define N 4
static void mul(double a[N][N], double b[N][N], double c[][N]) { for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) { c[i][j] = 0; for (int k = 0; k < N; k++) c[i][j] += a[i][k] * b[k][j]; } }
int main(void) { double a[N][N], b[N][N], c[N][N]; for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) { a[i][j] = i + j; b[i][j] = i == j ? 2 : 0; } mul(a, b, c); for (int i = 0; i < N; i++) { for (int j = 0; j < N; j++) printf("%6.2f", c[i][j]); puts(""); } int cube[2][3][4]; for (int i = 0; i < 24; i++) ((int *)cube)[i] = i; printf("%d %d %ld\n", cube[1][2][3], cube[0][1][2], &cube[1][0][0] - &cube[0][0][0]); return 0; }
