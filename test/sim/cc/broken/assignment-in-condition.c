// gcc -Wall
int main(void) {
  int x = 1;
  if (x = 2) return 1;
  while (x = 0) ;
  return 0;
}
