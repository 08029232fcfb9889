// gcc
int x = 3