// gcc -Wall
void main() {
}
