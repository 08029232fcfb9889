// gcc
int f(int x);
char *f(int x) { return 0; }
extern int g;
double g;
int main(void) { return 0; }
