#include <stdio.h>
#include <poll.h>
#include <unistd.h>
#include <sys/select.h>
#include <sys/time.h>
int main(void) {
  int p[2]; pipe(p); struct pollfd f[2] = {{p[0], POLLIN}, {p[1], POLLOUT}}; printf("%d %d %d\n", poll(f, 2, 0), f[0].revents, f[1].revents == POLLOUT); f[1].fd = -1; printf("%d\n", poll(f, 2, 50)); write(p[1], "x", 1); printf("%d %d\n", poll(f, 1, -1), f[0].revents == POLLIN); fd_set r; FD_ZERO(&r); FD_SET(p[0], &r); struct timeval t = {1, 0}; printf("%d %d\n", select(p[0] + 1, &r, 0, 0, &t), FD_ISSET(p[0], &r) != 0); char c; read(p[0], &c, 1); FD_ZERO(&r); FD_SET(p[0], &r); t.tv_sec = 0; t.tv_usec = 1000; printf("%d %d\n", select(p[0] + 1, &r, 0, 0, &t), FD_ISSET(p[0], &r) != 0); close(p[1]); f[0].revents = 0; printf("%d %d\n", poll(f, 1, 0), (f[0].revents & POLLHUP) != 0); f[0].fd = 77; printf("%d %d\n", poll(f, 1, 0), f[0].revents == POLLNVAL); return 0;
}
