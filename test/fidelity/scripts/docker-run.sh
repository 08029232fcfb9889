# docker run: what it prints, what its exit code says, what its flags do.

### output and exit code of a command
docker run --rm alpine echo hello
docker run --rm alpine sh -c 'echo out; echo err >&2; exit 3'; echo $?

### a program that is not there
docker run --rm alpine nosuch; echo $?
docker run --name left alpine nosuch -v; echo $?
docker ps -a --format '{{.Names}} {{.Status}}'

### a file that cannot be executed
docker run --rm alpine /etc/passwd; echo $?

### a directory as a command
docker run --rm alpine /tmp; echo $?

### detached prints the id
id=$(docker run -d --name web alpine sleep 100)
echo "${#id}"
docker ps --no-trunc --format '{{.ID}}' | grep -c "$id"

### variables of the environment
export FROM_HOST=here
docker run --rm -e A=1 -e B= -e FROM_HOST -e NOT_SET --env C='two words' alpine env | sort

### an env-file
printf '%s\n' '# comment' 'X=1' 'Y=two words' '' 'PATHS=/a:/b' > vars
docker run --rm --env-file vars alpine env | sort

### an env-file that is not there
docker run --rm --env-file nosuch alpine env; echo $?

### a working directory
docker run --rm -w /etc alpine pwd
docker run --rm -w /made/by/docker alpine pwd

### a relative working directory
docker run --rm -w etc alpine pwd; echo $?

### a user by number and by name
docker run --rm -u 1000 alpine id
docker run --rm -u nobody alpine id
docker run --rm -u 1000:2000 alpine id
docker run --rm -u nosuch alpine id; echo $?

### an entrypoint
docker run --rm --entrypoint echo alpine one two
docker run --rm --entrypoint /bin/sh alpine -c 'echo $0 $# $*' a b c

### an entrypoint that is not there
docker run --rm --entrypoint /nosuch alpine; echo $?

### a hostname
docker run --rm --hostname box alpine hostname
docker run --rm --hostname box alpine cat /etc/hostname
docker run --rm -h box --add-host db:10.1.2.3 alpine cat /etc/hosts

### the hostname is the short id
docker run --name hh alpine hostname
docker ps -a --format '{{.ID}}'

### a name twice
docker run -d --name web alpine sleep 100
docker run -d --name web alpine sleep 100; echo $?

### a name that is not allowed
docker run --name 'not/good' alpine true; echo $?
docker run --name x alpine true; echo $?

### without a command the image's own runs
docker run --rm alpine; echo $?
docker run --rm -i alpine </dev/null; echo $?

### standard input
echo 'echo from stdin; exit 4' | docker run --rm -i alpine sh; echo $?
printf 'a\nb\n' | docker run --rm -i alpine wc -l
printf 'a\nb\n' | docker run --rm alpine wc -l

### a terminal where there is none
docker run --rm -t alpine echo hi </dev/null
docker run --rm -it alpine echo hi </dev/null; echo $?

### killed by a signal of its own
docker run --rm alpine sh -c 'sh -c "kill -9 \$\$"; echo "inner $?"; exit 5'; echo $?

### labels
docker run -d --name ll --label a=1 --label b --label c='two words' alpine sleep 100 > /dev/null
docker inspect -f '{{json .Config.Labels}}' ll
docker ps --format '{{.Labels}} | {{.Label "a"}}' | tr ',' '\n' | sort

### read-only root
docker run --rm --read-only alpine touch /x; echo $?
docker run --rm --read-only --tmpfs /scratch alpine sh -c 'touch /scratch/x && ls /scratch'

### a bind mount
mkdir data && echo content > data/file
docker run --rm -v "$PWD/data:/data" alpine cat /data/file
docker run --rm -v "$PWD/data:/data:ro" alpine touch /data/x; echo $?
docker run --rm -v "$PWD/data:/data" alpine sh -c 'echo more > /data/new'
cat data/new

### a bind mount that is not there is made
docker run --rm -v "$PWD/fresh:/data" alpine ls /data; echo $?
ls -d fresh

### a mount with words that are not right
docker run --rm -v a:b:c:d alpine true; echo $?
docker run --rm -v /tmp:relative alpine true; echo $?
docker run --rm --mount type=bind,source=/nosuch,target=/x alpine true; echo $?

### a limit of processes
docker run --rm --pids-limit 20 alpine cat /sys/fs/cgroup/pids/pids.max
docker inspect -f '{{.HostConfig.PidsLimit}}' "$(docker run -d --pids-limit 20 alpine sleep 100)"

### memory and processor limits
docker run -d --name mm -m 64m --cpus 0.5 --cpu-shares 512 alpine sleep 100 > /dev/null
docker inspect -f '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}} {{.HostConfig.CpuShares}}' mm

### too little memory
docker run --rm -m 1m alpine true; echo $?
docker run --rm -m 5x alpine true; echo $?

### with an init
docker run --rm --init alpine sh -c 'ps -o pid,comm,args | head -3'
docker run -d --init --name ii alpine sleep 100 > /dev/null
docker exec ii cat /proc/1/comm

### a cidfile
docker run -d --cidfile id alpine sleep 100 > /dev/null
wc -c < id
docker ps -q --no-trunc | cmp - id; echo $?
docker run -d --cidfile id alpine sleep 100; echo $?

### a restart policy
docker run -d --name rr --restart on-failure:3 alpine sleep 100 > /dev/null
docker inspect -f '{{json .HostConfig.RestartPolicy}}' rr
docker run -d --restart sometimes alpine true; echo $?
docker run -d --restart always:3 alpine true; echo $?
docker run -d --rm --restart always alpine true; echo $?

### a stop signal and a stop timeout
docker run -d --name ss --stop-signal SIGINT --stop-timeout 2 alpine sleep 100 > /dev/null
docker inspect -f '{{.Config.StopSignal}} {{.Config.StopTimeout}}' ss
docker run -d --stop-signal NOSUCH alpine sleep 1; echo $?

### published ports
docker run -d --name pp -p 8080:80 -p 127.0.0.1:9090:90/tcp -p 5353:53/udp alpine sleep 100 > /dev/null
docker port pp | sort
docker port pp 80
docker port pp 53/udp
docker port pp 81; echo $?

### a port that is taken
docker run -d --name p1 -p 8080:80 alpine sleep 100 > /dev/null
docker run -d --name p2 -p 8080:80 alpine sleep 100 > /dev/null; echo $?
docker ps -a --format '{{.Names}} {{.Status}}' | cut -d ' ' -f 1,2

### ports that are none
docker run -d -p 99999:80 alpine sleep 100; echo $?
docker run -d -p 80:abc alpine sleep 100; echo $?
docker run -d -p 80:80/xyz alpine sleep 100; echo $?
docker run -d -p '' alpine sleep 100; echo $?

### capabilities
docker run --rm alpine grep Cap /proc/1/status
docker run --rm --cap-drop ALL alpine grep CapEff /proc/1/status
docker run --rm --cap-drop ALL --cap-add NET_ADMIN alpine grep CapEff /proc/1/status
docker run --rm --cap-add NOSUCH alpine true; echo $?

### privileged or not
docker run --rm alpine ip link set lo down; echo $?
docker run --rm alpine mount -t tmpfs none /tmp; echo $?
docker run --rm --privileged alpine sh -c 'ip link set lo down && ip link show lo | head -1 | cut -d : -f 2'

### sysctls
docker run --rm --sysctl net.ipv4.ip_unprivileged_port_start=80 alpine cat /proc/sys/net/ipv4/ip_unprivileged_port_start
docker run --rm --sysctl kernel.nosuch=1 alpine true; echo $?

### ulimits
docker run --rm --ulimit nofile=100:200 alpine sh -c 'ulimit -n; ulimit -Hn'
docker run --rm --ulimit nofile=300:200 alpine true; echo $?

### a security option and a user namespace
docker run --rm --security-opt no-new-privileges alpine grep NoNewPrivs /proc/1/status
docker run --rm --security-opt nosuch=1 alpine true; echo $?
