// Headers of Linux and of its sockets, as real C: names and values of the kernel's interface on x86-64.

/** Numbers of system calls that syscall(2) takes here. */
const callNumbers: Readonly<Record<string, number>> = {
  read: 0,
  write: 1,
  open: 2,
  close: 3,
  pause: 34,
  getpid: 39,
  fork: 57,
  vfork: 58,
  execve: 59,
  exit: 60,
  wait4: 61,
  kill: 62,
  uname: 63,
  getuid: 102,
  getgid: 104,
  setpgid: 109,
  getppid: 110,
  setsid: 112,
  prctl: 157,
  mount: 165,
  umount2: 166,
  sethostname: 170,
  pivot_root: 155,
  gettid: 186,
  tkill: 200,
  time: 201,
  exit_group: 231,
  tgkill: 234,
  unshare: 272,
  setns: 308,
  clone: 56,
  sched_yield: 24,
}

const cloneFlags = `
#define CLONE_VM 0x00000100
#define CLONE_FS 0x00000200
#define CLONE_FILES 0x00000400
#define CLONE_SIGHAND 0x00000800
#define CLONE_VFORK 0x00004000
#define CLONE_PARENT 0x00008000
#define CLONE_THREAD 0x00010000
#define CLONE_NEWNS 0x00020000
#define CLONE_NEWCGROUP 0x02000000
#define CLONE_NEWUTS 0x04000000
#define CLONE_NEWIPC 0x08000000
#define CLONE_NEWUSER 0x10000000
#define CLONE_NEWPID 0x20000000
#define CLONE_NEWNET 0x40000000
#define CLONE_NEWTIME 0x00000080
`.trim()

export const linuxHeaders: Readonly<Record<string, string>> = {
  'sys/syscall.h': `
#ifndef _SYSCALL_H
#define _SYSCALL_H 1
${Object.entries(callNumbers)
  .map(([name, number]) => `#define __NR_${name} ${number}\n#define SYS_${name} __NR_${name}`)
  .join('\n')}
#endif
`,
  'syscall.h': '#include <sys/syscall.h>\n',
  'sys/prctl.h': `
#ifndef _SYS_PRCTL_H
#define _SYS_PRCTL_H 1
#define PR_SET_PDEATHSIG 1
#define PR_GET_PDEATHSIG 2
#define PR_GET_DUMPABLE 3
#define PR_SET_DUMPABLE 4
#define PR_SET_NAME 15
#define PR_GET_NAME 16
#define PR_SET_CHILD_SUBREAPER 36
#define PR_GET_CHILD_SUBREAPER 37
#define PR_SET_NO_NEW_PRIVS 38
#define PR_GET_NO_NEW_PRIVS 39
extern int prctl(int __option, ...);
#endif
`,
  'linux/prctl.h': '#include <sys/prctl.h>\n',
  'sys/mount.h': `
#ifndef _SYS_MOUNT_H
#define _SYS_MOUNT_H 1
#define MS_RDONLY 1
#define MS_NOSUID 2
#define MS_NODEV 4
#define MS_NOEXEC 8
#define MS_SYNCHRONOUS 16
#define MS_REMOUNT 32
#define MS_NOATIME 1024
#define MS_BIND 4096
#define MS_MOVE 8192
#define MS_REC 16384
#define MS_SILENT 32768
#define MS_UNBINDABLE (1 << 17)
#define MS_PRIVATE (1 << 18)
#define MS_SLAVE (1 << 19)
#define MS_SHARED (1 << 20)
#define MS_RELATIME (1 << 21)
#define MS_STRICTATIME (1 << 24)
#define MNT_FORCE 1
#define MNT_DETACH 2
#define MNT_EXPIRE 4
#define UMOUNT_NOFOLLOW 8
extern int mount(const char *__special_file, const char *__dir, const char *__fstype, unsigned long int __rwflag,
  const void *__data);
extern int umount(const char *__special_file);
extern int umount2(const char *__special_file, int __flags);
#endif
`,
  'sched.h': `
#ifndef _SCHED_H
#define _SCHED_H 1
#include <bits/types.h>
#include <stddef.h>
#ifdef _GNU_SOURCE
#define CSIGNAL 0x000000ff
${cloneFlags}
#endif
#define SCHED_OTHER 0
#define SCHED_FIFO 1
#define SCHED_RR 2
struct sched_param { int sched_priority; };
#ifdef _GNU_SOURCE
extern int clone(int (*__fn) (void *__arg), void *__child_stack, int __flags, void *__arg, ...);
extern int unshare(int __flags);
extern int setns(int __fd, int __nstype);
#endif
extern int sched_yield(void);
#ifdef _GNU_SOURCE
extern int sched_getcpu(void);
#endif
#endif
`,
  // The kernel's own header has the flags without a feature macro.
  'linux/sched.h': `
#ifndef CLONE_NEWPID
${cloneFlags}
#endif
`,
  'sys/sysinfo.h': `
#ifndef _SYS_SYSINFO_H
#define _SYS_SYSINFO_H 1
struct sysinfo {
  long uptime;
  unsigned long loads[3];
  unsigned long totalram;
  unsigned long freeram;
  unsigned long sharedram;
  unsigned long bufferram;
  unsigned long totalswap;
  unsigned long freeswap;
  unsigned short procs;
  unsigned short pad;
  unsigned long totalhigh;
  unsigned long freehigh;
  unsigned int mem_unit;
};
extern int sysinfo(struct sysinfo *__info);
extern int get_nprocs(void);
extern int get_nprocs_conf(void);
#endif
`,
  'sys/mman.h': `
#ifndef _SYS_MMAN_H
#define _SYS_MMAN_H 1
#include <sys/types.h>
#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define PROT_EXEC 4
#define MAP_SHARED 1
#define MAP_PRIVATE 2
#define MAP_FIXED 16
#define MAP_ANONYMOUS 32
#define MAP_ANON MAP_ANONYMOUS
#define MAP_GROWSDOWN 0x100
#define MAP_STACK 0x20000
#define MAP_FAILED ((void *) -1)
extern void *mmap(void *__addr, size_t __len, int __prot, int __flags, int __fd, off_t __offset);
extern int munmap(void *__addr, size_t __len);
extern int mprotect(void *__addr, size_t __len, int __prot);
#endif
`,
  'sys/socket.h': `
#ifndef _SYS_SOCKET_H
#define _SYS_SOCKET_H 1
#include <sys/types.h>
#include <sys/uio.h>
typedef __socklen_t socklen_t;
typedef unsigned short int sa_family_t;
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define SOCK_SEQPACKET 5
#define SOCK_CLOEXEC 02000000
#define SOCK_NONBLOCK 04000
#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_LOCAL 1
#define AF_INET 2
#define AF_INET6 10
#define AF_NETLINK 16
#define AF_PACKET 17
#define PF_UNIX AF_UNIX
#define PF_LOCAL AF_LOCAL
#define PF_INET AF_INET
#define SOL_SOCKET 1
#define SO_REUSEADDR 2
#define SO_TYPE 3
#define SO_ERROR 4
#define SO_BROADCAST 6
#define SO_SNDBUF 7
#define SO_RCVBUF 8
#define SO_KEEPALIVE 9
#define SO_LINGER 13
#define SO_REUSEPORT 15
#define SO_RCVTIMEO 20
#define SO_SNDTIMEO 21
#define SOMAXCONN 4096
#define SHUT_RD 0
#define SHUT_WR 1
#define SHUT_RDWR 2
#define MSG_PEEK 2
#define MSG_DONTWAIT 0x40
#define MSG_WAITALL 0x100
#define MSG_NOSIGNAL 0x4000
struct sockaddr { sa_family_t sa_family; char sa_data[14]; };
struct sockaddr_storage { sa_family_t ss_family; char __ss_padding[118]; unsigned long __ss_align; };
extern int socket(int __domain, int __type, int __protocol);
extern int socketpair(int __domain, int __type, int __protocol, int __fds[2]);
extern int bind(int __fd, const struct sockaddr *__addr, socklen_t __len);
extern int getsockname(int __fd, struct sockaddr *__restrict __addr, socklen_t *__restrict __len);
extern int getpeername(int __fd, struct sockaddr *__restrict __addr, socklen_t *__restrict __len);
extern int connect(int __fd, const struct sockaddr *__addr, socklen_t __len);
extern ssize_t send(int __fd, const void *__buf, size_t __n, int __flags);
extern ssize_t recv(int __fd, void *__buf, size_t __n, int __flags);
extern ssize_t sendto(int __fd, const void *__buf, size_t __n, int __flags, const struct sockaddr *__addr,
  socklen_t __addr_len);
extern ssize_t recvfrom(int __fd, void *__restrict __buf, size_t __n, int __flags, struct sockaddr *__restrict __addr,
  socklen_t *__restrict __addr_len);
extern int getsockopt(int __fd, int __level, int __optname, void *__restrict __optval, socklen_t *__restrict __optlen);
extern int setsockopt(int __fd, int __level, int __optname, const void *__optval, socklen_t __optlen);
extern int listen(int __fd, int __n);
extern int accept(int __fd, struct sockaddr *__restrict __addr, socklen_t *__restrict __addr_len);
extern int shutdown(int __fd, int __how);
#endif
`,
  'sys/un.h': `
#ifndef _SYS_UN_H
#define _SYS_UN_H 1
#include <sys/socket.h>
struct sockaddr_un { sa_family_t sun_family; char sun_path[108]; };
#endif
`,
  'netinet/in.h': `
#ifndef _NETINET_IN_H
#define _NETINET_IN_H 1
#include <stdint.h>
#include <sys/socket.h>
typedef uint16_t in_port_t;
typedef uint32_t in_addr_t;
struct in_addr { in_addr_t s_addr; };
struct sockaddr_in { sa_family_t sin_family; in_port_t sin_port; struct in_addr sin_addr; unsigned char sin_zero[8]; };
#define IPPROTO_IP 0
#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define INADDR_ANY ((in_addr_t) 0x00000000)
#define INADDR_BROADCAST ((in_addr_t) 0xffffffff)
#define INADDR_NONE ((in_addr_t) 0xffffffff)
#define INADDR_LOOPBACK ((in_addr_t) 0x7f000001)
#define INET_ADDRSTRLEN 16
extern uint32_t ntohl(uint32_t __netlong);
extern uint16_t ntohs(uint16_t __netshort);
extern uint32_t htonl(uint32_t __hostlong);
extern uint16_t htons(uint16_t __hostshort);
#endif
`,
  'netinet/tcp.h': `
#ifndef _NETINET_TCP_H
#define _NETINET_TCP_H 1
#define TCP_NODELAY 1
#endif
`,
  'arpa/inet.h': `
#ifndef _ARPA_INET_H
#define _ARPA_INET_H 1
#include <netinet/in.h>
extern in_addr_t inet_addr(const char *__cp);
extern char *inet_ntoa(struct in_addr __in);
extern int inet_aton(const char *__cp, struct in_addr *__inp);
extern int inet_pton(int __af, const char *__restrict __cp, void *__restrict __buf);
extern const char *inet_ntop(int __af, const void *__restrict __cp, char *__restrict __buf, socklen_t __len);
#endif
`,
}
