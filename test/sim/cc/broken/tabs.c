// gcc
int main(void) {
	return x
}
