#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <sys/wait.h>
int main(void) {
  int l = socket(AF_INET, SOCK_STREAM, 0), one = 1; setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one); struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(18765), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}; printf("%d\n", bind(l, (struct sockaddr *)&a, sizeof a)); listen(l, 5);
  int l2 = socket(AF_INET, SOCK_STREAM, 0); printf("%d %s\n", bind(l2, (struct sockaddr *)&a, sizeof a), strerror(errno));
  if (!fork()) { int s = socket(AF_INET, SOCK_STREAM, 0); if (connect(s, (struct sockaddr *)&a, sizeof a)) _exit(1); write(s, "ping", 4); char b[8] = ""; read(s, b, 8); _exit(strcmp(b, "pong") ? 2 : 7); }
  struct sockaddr_in peer; socklen_t len = sizeof peer; int c = accept(l, (struct sockaddr *)&peer, &len); char b[8] = "", ip[16]; read(c, b, 8); printf("%s from %s %d\n", b, inet_ntop(AF_INET, &peer.sin_addr, ip, 16), len); write(c, "pong", 4); close(c); int st; wait(&st); printf("%d\n", WEXITSTATUS(st)); close(l); int s = socket(AF_INET, SOCK_STREAM, 0); printf("%d %s\n", connect(s, (struct sockaddr *)&a, sizeof a), strerror(errno)); printf("%x %x %s\n", htons(0x1234), htonl(0x12345678), inet_ntoa(a.sin_addr)); return 0;
}
