int main(int argc, char **argv) { long zero = argc - 1; return 5 % zero; }
