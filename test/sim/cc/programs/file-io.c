#include <stdio.h>
#include <string.h>
#include <errno.h>
int main(void) {
  FILE *f = fopen("data.txt", "w"); fprintf(f, "line %d\n", 1); fputs("line 2\n", f); fputc('x', f); fwrite("yz\n", 1, 3, f); printf("%ld\n", ftell(f)); fclose(f);
  f = fopen("data.txt", "r"); char b[32]; while (fgets(b, sizeof b, f)) printf("[%s]", b); printf("\n%d %d\n", feof(f), ferror(f)); rewind(f); int c = fgetc(f); ungetc(c, f); printf("%c %c\n", c, fgetc(f)); fseek(f, -3, SEEK_END); size_t n = fread(b, 1, 10, f); printf("%zu %.*s", n, (int)n, b); fclose(f);
  f = fopen("data.txt", "a+"); fprintf(f, "appended\n"); fseek(f, 0, SEEK_SET); int lines = 0; while ((c = getc(f)) != EOF) if (c == '\n') lines++; printf("%d\n", lines); fclose(f);
  f = fopen("none", "r"); printf("%d %s\n", f == NULL, strerror(errno)); f = fopen("data.txt", "r+"); fputs("LINE", f); fclose(f); f = fopen("data.txt", "r"); fscanf(f, "%s %d", b, &c); printf("%s %d\n", b, c); printf("%d\n", fputc('q', f)); printf("%d\n", ferror(f) != 0); fclose(f); printf("%d %d\n", remove("data.txt"), remove("data.txt"));
  return 0;
}
