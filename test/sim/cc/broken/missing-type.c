// gcc
f(int x) { return x; }
static y = 1;
main() { return f(y); }
