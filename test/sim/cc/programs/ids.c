#include <stdio.h>
#include <unistd.h>
#include <sys/types.h>
#include <pwd.h>
#include <sys/utsname.h>
int main(void) { printf("%d %d %d %d\n", getuid(), geteuid(), getgid(), getegid()); struct passwd *p = getpwuid(0); printf("%s %s %s\n", p->pw_name, p->pw_dir, p->pw_shell); struct utsname u; uname(&u); printf("%s %s\n", u.sysname, u.machine); printf("%d %d\n", getpid() == getpid(), getppid() > 0); if (fork() == 0) { setgid(1000); setuid(1000); printf("%d %d %d\n", getuid(), geteuid(), setuid(0)); fflush(stdout); _exit(0); } sleep(1); return 0; }
