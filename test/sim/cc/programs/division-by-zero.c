int main(int argc, char **argv) { int zero = argc - 1; return 5 / zero; }
