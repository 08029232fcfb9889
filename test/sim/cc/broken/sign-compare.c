// gcc -Wall -Wextra
#include <string.h>
int main(int argc, char **argv) {
  unsigned int u = 3;
  for (int i = 0; i < strlen(argv[0]); i++) ;
  if (argc == u) return 1;
  if (u < 0) return 2;
  return 0;
}
