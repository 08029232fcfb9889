int main(void) { void (*f)(void) = 0; f(); return 0; }
