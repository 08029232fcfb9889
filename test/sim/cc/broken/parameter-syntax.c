// gcc
int f(int a, b) { return a; }
int g(int a b) { return a; }
int h(int a, ) { return a; }
int main(void) { return 0; }
