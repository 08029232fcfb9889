#include <limits.h>
int main(int argc, char **argv) { int n = INT_MIN; n /= -argc; return n; }
