// gcc
strng name;
uint32_t value = 3;
int main(void) { return value; }
