// gcc
int main(void) { return helper(1); }
double helper(int x) { return x; }
