# Namespaces: unshare, nsenter, lsns, ip netns, and those of containers.

### a PID namespace of one's own
unshare --pid --fork bash -c 'echo $$; readlink /proc/self/ns/pid | cut -d : -f 1'
unshare --pid --fork --mount-proc ps -o pid,ppid,comm
unshare --pid --fork --mount-proc bash -c 'sleep 100 & ps -o pid,ppid,args'

### without a fork the shell stays outside
unshare --pid bash -c 'echo first; /bin/true; echo $?; /bin/true; echo $?' 2>&1 | sed 's/retry: //'

### the init of a namespace ends
unshare --pid --fork bash -c 'sleep 100 & sleep 0.1; echo ends'
until ! pgrep -x sleep > /dev/null; do sleep 0.1; done
echo no sleep is left

### init ignores what it does not handle
unshare --pid --fork bash -c 'kill -TERM $$; kill -KILL $$; echo alive'
unshare --pid --fork bash -c 'trap "echo handled" TERM; kill -TERM $$; echo alive'

### a name of one's own
unshare --uts bash -c 'hostname inside; hostname'
hostname
unshare --uts --fork hostname x; hostname

### a network of one's own
unshare --net ip -o link | cut -d ' ' -f 1-3
unshare --net ip addr show lo | head -1 | cut -d ' ' -f 2-3
unshare --net ping -c 1 -W 1 127.0.0.1; echo $?
unshare --net bash -c 'ip link set lo up; ping -c 1 -W 1 127.0.0.1 | grep -c "1 received"'
unshare --net ip route

### mounts of one's own
unshare --mount bash -c 'mount -t tmpfs none /mnt && touch /mnt/inside && ls /mnt'
ls /mnt

### a user namespace
unshare --user id -u
unshare --user --map-root-user id -u
unshare --user --map-root-user cat /proc/self/uid_map
unshare --user cat /proc/self/uid_map

### inodes differ and agree
a=$(readlink /proc/self/ns/net)
[ "$a" = "$(unshare --net readlink /proc/self/ns/net)" ] || echo another
[ "$a" = "$(unshare --uts readlink /proc/self/ns/net)" ] && echo the same

### unshare that is not right
unshare --nosuch; echo $?
unshare nosuch; echo $?
unshare --pid --fork nosuch; echo $?
unshare --help | head -3

### nsenter
docker run -d --name web alpine sleep 100 > /dev/null
pid=$(docker inspect -f '{{.State.Pid}}' web)
nsenter -t $pid -n ip -4 -o addr | awk '{print $2}'
nsenter -t $pid -u hostname | wc -c
nsenter -t $pid -m cat /etc/passwd | head -1
nsenter -t $pid -a ps | head -2
nsenter -t $pid -p -m ps | head -2
nsenter --target $pid --net --uts readlink /proc/self/ns/net | cmp - <(readlink /proc/$pid/ns/net) && echo the same

### nsenter that is not right
nsenter -t 999999 -n true; echo $?
nsenter -n true; echo $?
nsenter -t $$ -n nosuch; echo $?
nsenter -t x -n true; echo $?
nsenter --nosuch; echo $?
nsenter --net=/nosuch true; echo $?

### lsns
lsns | head -1
lsns -t net -o TYPE,NPROCS -n | head -1 | cut -d ' ' -f 1
lsns -p $$ -o TYPE | sort
docker run -d --name web alpine sleep 100 > /dev/null
lsns -t net -o TYPE,NPROCS,COMMAND -n | grep sleep
lsns -t pid -o NS,TYPE,NPROCS,USER,COMMAND | grep sleep
lsns -t nosuch; echo $?
lsns --nosuch; echo $?

### named network namespaces
ip netns
ip netns add blue
ip netns
ip netns exec blue ip -o link | cut -d ' ' -f 2
ip netns add blue; echo $?
ip netns exec nosuch true; echo $?
ip netns exec blue nosuch; echo $?
ip netns del nosuch; echo $?
ip netns del blue
ip netns list

### two namespaces and a cable
ip netns add red
ip netns add blue
ip link add vr type veth peer name vb
ip link set vr netns red
ip link set vb netns blue
ip -n red addr add 10.5.0.1/24 dev vr
ip -n blue addr add 10.5.0.2/24 dev vb
ip -n red link set vr up
ip -n blue link set vb up
ip -n red route
ip netns exec red ping -c 1 -W 2 10.5.0.2 | grep -c '1 received'
ip -n red -br addr | awk '{print $1, $2, $3}'

### shared by containers
docker run -d --name pause --ipc shareable registry.k8s.io/pause:3.9 > /dev/null
docker run -d --name app --network container:pause --ipc container:pause --pid container:pause alpine sleep 100 > /dev/null
for ns in net ipc pid uts mnt; do
  a=$(readlink "/proc/$(docker inspect -f '{{.State.Pid}}' pause)/ns/$ns")
  b=$(readlink "/proc/$(docker inspect -f '{{.State.Pid}}' app)/ns/$ns")
  [ "$a" = "$b" ] && echo "$ns shared" || echo "$ns own"
done
docker exec app ps | sed 's/^ *[0-9]* /PID /'

### the host's
docker run --rm --pid host alpine sh -c 'cat /proc/1/comm' | cmp - /proc/1/comm && echo the same
docker run --rm --uts host alpine hostname
docker run --rm --ipc host alpine readlink /proc/self/ns/ipc | cmp - <(readlink /proc/self/ns/ipc) && echo the same

### pause reaps, sleep does not
docker run -d --name reaps registry.k8s.io/pause:3.9 > /dev/null
docker run -d --name app --pid container:reaps alpine sleep 100 > /dev/null
docker exec app sh -c '(sleep 0.1 &)'
until [ "$(docker exec app ps | grep -c 'sleep 0.1')" = 0 ]; do sleep 0.1; done
docker exec app ps -o stat,args | grep -c '^Z'
docker run -d --name keeps alpine sleep 100 > /dev/null
docker exec keeps sh -c '(sleep 0.1 &)'
until docker exec keeps ps -o stat,comm | grep '^Z'; do sleep 0.1; done

### the pause process
docker run -d --name pause registry.k8s.io/pause:3.9 > /dev/null
pid=$(docker inspect -f '{{.State.Pid}}' pause)
grep -E '^(Name|State|Uid|SigCgt|SigIgn|Threads)' /proc/$pid/status
cat /proc/$pid/wchan; echo
kill -HUP $pid; kill -0 $pid && echo alive
kill -KILL $pid
docker wait pause
docker start pause > /dev/null
docker stop pause
docker logs pause
docker inspect -f '{{.State.ExitCode}}' pause

### all in a PID namespace die with its init
docker run -d --name pause registry.k8s.io/pause:3.9 > /dev/null
docker run -d --name app --pid container:pause alpine sleep 100 > /dev/null
docker stop pause
docker wait app
docker ps -a --format '{{.Names}} {{.State}}' | sort

### a network namespace lives as long as somebody holds it
docker run -d --name one alpine sleep 100 > /dev/null
docker run -d --name two --network container:one alpine sleep 200 > /dev/null
before=$(docker exec two readlink /proc/self/ns/net)
docker kill one > /dev/null
[ "$before" = "$(docker exec two readlink /proc/self/ns/net)" ] && echo still the same
docker exec two ip -o link | cut -d ' ' -f 2
docker start one > /dev/null
[ "$before" = "$(docker exec one readlink /proc/self/ns/net)" ] || echo another
docker restart -t 0 two > /dev/null
docker exec two ip -o link | cut -d ' ' -f 2 | cut -d @ -f 1
