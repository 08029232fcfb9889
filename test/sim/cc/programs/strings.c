#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <ctype.h>
int main(void) {
  char b[64] = "hello"; strcat(b, " world"); printf("%s %zu\n", b, strlen(b));
  printf("%s %s %s\n", strchr(b, 'o'), strrchr(b, 'o'), strstr(b, "wor")); printf("%d %d\n", strchr(b, 'z') == NULL, strstr(b, "xyz") == NULL);
  printf("%d %d %d\n", strcmp("a", "a"), strcmp("a", "b") < 0, strncmp("abc", "abd", 2)); printf("%d\n", strcasecmp("HeLLo", "hEllO"));
  char c[10]; strncpy(c, "abcdefghijkl", 5); c[5] = 0; puts(c); strncat(c, "XYZ", 2); puts(c);
  char list[] = "one,two;;three"; for (char *t = strtok(list, ",;"); t; t = strtok(NULL, ",;")) printf("[%s]", t); puts("");
  char l2[] = "a:b::c", *s = l2, *t; while ((t = strsep(&s, ":"))) printf("<%s>", t); puts("");
  char *save, l3[] = "k=v k2=v2"; for (char *p = strtok_r(l3, " ", &save); p; p = strtok_r(NULL, " ", &save)) printf("%s;", p); puts("");
  printf("%zu %zu %s\n", strspn("112abc", "12"), strcspn("abc;d", ";"), strpbrk("hello", "lo")); 
  memmove(b + 2, b, 5); puts(b); memset(b, '*', 3); puts(b); printf("%d %d\n", memcmp("abc", "abd", 3) < 0, memcmp("a", "a", 1)); printf("%s\n", (char *)memchr("hello", 'l', 5));
  for (const char *p = "aZ5 _\t"; *p; p++) printf("%d%d%d%d%d%d ", !!isalpha(*p), !!isdigit(*p), !!isspace(*p), !!isupper(*p), !!ispunct(*p), !!isalnum(*p)); puts("");
  for (char *p = strcpy(b, "MiXed"); *p; p++) *p = islower(*p) ? toupper(*p) : tolower(*p); puts(b);
  char *d = strdup("copy"); d[0] = 'C'; puts(d); printf("%zu\n", strnlen("abcdef", 3)); printf("%s|%s\n", stpcpy(b, "xy"), b); 
  printf("%s %s %s\n", strerror(0), strerror(2), strerror(999)); printf("%s %s\n", strsignal(11), strsignal(15));
  return 0;
}
