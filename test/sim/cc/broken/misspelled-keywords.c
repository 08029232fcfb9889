// gcc -Wall
pritnf("x");
int main(void) { slep(1); retrun 0; }
int g(void) { Int x; whlie(1) { } int y = prinf; }
