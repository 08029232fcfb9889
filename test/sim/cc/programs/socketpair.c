#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#include <string.h>
#include <sys/wait.h>
int main(void) { int s[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, s); if (!fork()) { close(s[0]); char b[32]; int n = read(s[1], b, 32); for (int i = 0; i < n / 2; i++) { char t = b[i]; b[i] = b[n - 1 - i]; b[n - 1 - i] = t; } write(s[1], b, n); _exit(0); } close(s[1]); send(s[0], "reverse", 7, 0); char r[32] = ""; int n = recv(s[0], r, 32, 0); printf("%d %s\n", n, r); wait(0); printf("%zd\n", read(s[0], r, 1)); return 0; }
