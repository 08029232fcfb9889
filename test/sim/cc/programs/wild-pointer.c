int main(void) { int *p = (int *)0xdeadbeef000; return *p; }
