// gcc
int main(void) {
  char *p = malloc(10);
  strcpy(p, "x");
  sleep(1);
  exit(0);
}
