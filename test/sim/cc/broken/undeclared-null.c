// gcc
int main(void) {
  char *p = NULL;
  return p == NULL;
}
