int deep(int n) { char pad[100]; pad[0] = n; return deep(n + 1) + pad[0]; }
int main(void) { return deep(0); }
