# /proc: its files, their formats, permissions and errors.

### status of a process
sleep 100 & a=$!
grep -E '^(Name|Umask|State|FDSize|Threads|Sig(Pnd|Blk|Ign|Cgt)|ShdPnd|NoNewPrivs|Seccomp)' /proc/$a/status
cut -d : -f 1 /proc/$a/status
kill $a

### stat of a process
sleep 100 & a=$!
awk '{print $2, $3, NF}' /proc/$a/stat
wc -w < /proc/$a/statm
kill $a

### command line, comm, executable, directory
sleep 100 & a=$!
tr '\0' ' ' < /proc/$a/cmdline; echo
cat /proc/$a/comm
readlink /proc/$a/exe
readlink /proc/$a/cwd
readlink /proc/$a/root
kill $a

### the environment of a process
A=1 B='two words' sleep 100 & a=$!
tr '\0' '\n' < /proc/$a/environ | grep -E '^[AB]='
kill $a

### a name that is changed
sleep 100 & a=$!
echo renamed > /proc/$a/comm; echo $?
cat /proc/$$/comm
echo shell > /proc/$$/comm
cat /proc/$$/comm
ps -o comm= -p $$
kill $a

### open files
exec 5> file
ls -l /proc/$$/fd/5 | cut -d ' ' -f 1
readlink /proc/$$/fd/5
cat /proc/$$/fdinfo/5 | head -2
sleep 100 > out 2>&1 < /dev/null & a=$!
readlink /proc/$a/fd/0 /proc/$a/fd/1 /proc/$a/fd/2
kill $a

### pipes in /proc
sleep 100 | cat &
until pgrep -x sleep > /dev/null; do :; done
[ "$(readlink "/proc/$(pgrep -x sleep)/fd/1")" = "$(readlink "/proc/$!/fd/0")" ] && echo one pipe
readlink /proc/$!/fd/0 | sed 's/[0-9]\+/N/'
pkill sleep

### namespaces
ls /proc/self/ns
readlink /proc/self/ns/net /proc/$$/ns/net
ls -l /proc/self/ns/pid | cut -d ' ' -f 1

### children and tasks
sleep 100 & a=$!
grep -c "$a" /proc/$$/task/$$/children
ls /proc/$a/task | wc -l
kill $a

### cgroup
cat /proc/self/cgroup | cut -d : -f 2 | sort | head -3
docker run --rm alpine cat /proc/self/cgroup | wc -l

### limits
head -1 /proc/self/limits
grep -E 'Max (core|locks|nice|realtime priority)' /proc/self/limits
ulimit -n; ulimit -c

### wait channels
sleep 100 & a=$!
cat /proc/$a/wchan; echo
sleep 100 | cat & b=$!
cat /proc/$b/wchan; echo
bash -c 'sleep 100; :' & c=$!
until pgrep -P $c > /dev/null; do :; done
cat /proc/$c/wchan; echo
cut -d ' ' -f 1 /proc/$a/syscall
cat /proc/self/wchan; echo
pkill sleep

### mounts
grep -c . /proc/self/mounts > /dev/null; echo $?
docker run --rm alpine sh -c 'grep -E " (/proc|/dev|/dev/shm|/dev/pts|/sys|/dev/mqueue) " /proc/mounts | cut -d " " -f 1-4'
docker run --rm alpine sh -c 'cut -d " " -f 2 /proc/mounts | sort'

### oom scores
cat /proc/self/oom_score_adj
sleep 100 & a=$!
echo 500 > /proc/$a/oom_score_adj; cat /proc/$a/oom_score_adj
echo 5000 > /proc/$a/oom_score_adj; echo $?
echo x > /proc/$a/oom_score_adj; echo $?
kill $a

### what is not there
cat /proc/999999/status; echo $?
ls /proc/999999; echo $?
cat /proc/self/nosuch; echo $?
cat /proc/self; echo $?
readlink /proc/999999/ns/net; echo $?
touch /proc/file; echo $?
mkdir /proc/dir; echo $?
rm /proc/version; echo $?

### the machine
cut -d ' ' -f 1-2 /proc/version
wc -w < /proc/uptime
wc -w < /proc/loadavg
awk '{print $1}' /proc/meminfo | head -5
awk '{print $1}' /proc/stat | grep -v cpu.
cat /proc/sys/kernel/hostname /proc/sys/kernel/ostype
cat /proc/sys/kernel/pid_max
ls /proc | grep -v '^[0-9]' | grep -E '^(cmdline|cpuinfo|devices|filesystems|loadavg|meminfo|mounts|net|self|stat|swaps|sys|uptime|version|vmstat)$'

### self
[ "$(readlink /proc/self)" != $$ ] && echo readlink itself
sh -c '[ "$(readlink /proc/self)" != $$ ] && echo another'
bash -c 'read -r pid rest < /proc/self/stat; [ $pid = $$ ] && echo the shell'
cat /proc/self/comm
readlink /proc/self/exe

### addresses of a network namespace
docker run --rm alpine sh -c 'cat /proc/net/dev | cut -c 1-7'
docker run --rm alpine cat /proc/net/route | cut -f 1-4,8
docker run --rm alpine sh -c 'head -1 /proc/net/tcp; wc -l < /proc/net/tcp'
docker run --rm --network none alpine cat /proc/net/route
docker run --rm alpine sh -c 'ls /proc/net | grep -E "^(arp|dev|if_inet6|netstat|raw|route|snmp|tcp|tcp6|udp|unix)$"'

### a listening socket
docker run -d --name web alpine httpd -f -p 5000 > /dev/null
until docker exec web netstat -tln | grep -q 5000; do sleep 0.1; done
docker exec web cat /proc/net/tcp | awk 'NR > 1 {print $2, $3, $4}'
docker exec web cat /proc/net/tcp6 | awk 'NR > 1 {print $2, $3, $4}'

### a container's process from inside and outside
docker run -d --name web alpine sleep 100 > /dev/null
pid=$(docker inspect -f '{{.State.Pid}}' web)
grep NSpid /proc/$pid/status | awk '{print NF, $3}'
docker exec web grep NSpid /proc/1/status
cat /proc/$pid/comm
ls -l /proc/$pid/root/etc/passwd | cut -d ' ' -f 1
head -1 /proc/$pid/root/etc/passwd
[ "$(readlink /proc/$pid/ns/net)" = "$(docker exec web readlink /proc/1/ns/net)" ] && echo one namespace

### permissions
ls -ld /proc/1 | cut -c 1-10
ls -l /proc/self/status /proc/self/environ /proc/self/mem /proc/self/comm /proc/self/oom_score_adj | cut -c 1-10
setpriv --reuid 65534 --clear-groups cat /proc/1/environ; echo $?
setpriv --reuid 65534 --clear-groups readlink /proc/1/exe; echo $?
setpriv --reuid 65534 --clear-groups cat /proc/1/wchan; echo
setpriv --reuid 65534 --clear-groups ls /proc/1/fd; echo $?
