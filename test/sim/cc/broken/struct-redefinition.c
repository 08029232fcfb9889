// gcc
struct s { int a; };
struct s { int b; };
enum e { A, B };
enum e2 { B, C };
struct t { int a; char a; };
int main(void) { return 0; }
