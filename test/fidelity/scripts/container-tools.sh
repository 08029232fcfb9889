# What is in a container: busybox's shell and programs.

### ps, 1 [docker-20.10]
docker run --rm alpine ps

### ps, 2 [docker-20.10]
docker run --rm alpine ps aux

### ps, 3 [docker-20.10]
docker run --rm alpine ps -ef

### ps, 4 [docker-20.10]
docker run --rm alpine ps -o pid,ppid,user,args

### ps, 5 [docker-20.10]
docker run --rm alpine ps -o nosuch; echo $?

### ps, 6 [docker-20.10]
docker run --rm alpine ps -Z; echo $?

### processes, 1 [docker-20.10]
docker run --rm alpine sh -c 'sleep 100 & pidof sleep > /dev/null; echo $?; pgrep -l sleep | cut -d " " -f 2; pkill sleep; echo $?; kill $! 2> /dev/null; wait; echo $?'

### processes, 2 [docker-20.10]
docker run --rm alpine sh -c 'kill -l | head -3; kill -l 9; kill -l TERM'

### processes, 3 [docker-20.10]
docker run --rm alpine sh -c 'kill; echo $?; kill 999; echo $?; kill -NOSUCH 1; echo $?; kill x; echo $?'

### processes, 4 [docker-20.10]
docker run --rm alpine sh -c 'killall sleep; echo $?; sleep 100 & sleep 0.1; killall sleep; echo $?'

### top once [docker-20.10]
docker run --rm alpine top -b -n 1 | sed -n '1,4p' | sed 's/ *[0-9.]\+[KMG%]\?/ N/g'

### ip, 1
docker run --rm alpine ip link show lo

### ip, 2
docker run --rm alpine ip -o link | awk '{print $2}' | cut -d @ -f 1

### ip, 3
docker run --rm alpine ip addr show nosuch; echo $?

### ip, 4
docker run --rm alpine ip nosuch; echo $?

### ip, 5
docker run --rm alpine ip route get 127.0.0.1

### ip, 6
docker run --rm alpine ip neigh; echo $?

### ip, 7
docker run --rm alpine ip -4 addr show lo

### ifconfig, route, netstat, arp, 1 [docker-20.10]
docker run --rm alpine ifconfig lo

### ifconfig, route, netstat, arp, 2 [docker-20.10]
docker run --rm alpine route -n

### ifconfig, route, netstat, arp, 3 [docker-20.10]
docker run --rm alpine netstat -rn

### ifconfig, route, netstat, arp, 4 [docker-20.10]
docker run --rm alpine netstat -tln

### ifconfig, route, netstat, arp, 5 [docker-20.10]
docker run --rm alpine netstat -x | head -2

### ifconfig, route, netstat, arp, 6 [docker-20.10]
docker run --rm alpine arp; echo $?

### ping, 1 [docker-20.10]
docker run --rm alpine ping -c 2 127.0.0.1 | sed 's/time=[0-9.]*/time=T/; s/= [0-9./]* ms/= T ms/'

### ping, 2 [docker-20.10]
docker run --rm alpine ping -c 1 nosuch.invalid; echo $?

### ping, 3 [docker-20.10]
docker run --rm alpine ping; echo $?

### nc and wget, 1 [docker-20.10]
docker run --rm alpine nc 127.0.0.1 9; echo $?

### nc and wget, 2 [docker-20.10]
docker run --rm alpine wget -O - http://127.0.0.1:9/; echo $?

### nc and wget, 3 [docker-20.10]
docker run --rm alpine wget; echo $?

### nc and wget, 4 [docker-20.10]
docker run --rm alpine nc; echo $?

### a server and its client, 1 [docker-20.10]
docker run --rm alpine sh -c 'echo "<p>hi</p>" > /tmp/index.html; httpd -p 8080 -h /tmp; wget -q -O - 127.0.0.1:8080; wget -q -O - 127.0.0.1:8080/no; echo $?; ps -o comm | sort'

### a server and its client, 2 [docker-20.10]
docker run --rm alpine sh -c 'echo answer | nc -l -p 5000 & sleep 0.2; nc 127.0.0.1 5000 < /dev/null; wait; echo $?'

### a port that is taken [docker-20.10]
docker run --rm alpine sh -c 'httpd -p 80; httpd -p 80; echo $?; nc -l -p 80; echo $?'

### programs that are not there [docker-20.10]
docker run --rm alpine sh -c 'curl; echo $?; bash; echo $?; /nosuch; echo $?; ./x; echo $?'

### listing files, 1 [docker-20.10]
docker run --rm alpine ls /

### listing files, 2 [docker-20.10]
docker run --rm alpine ls -l /etc/passwd | cut -d ' ' -f 1

### listing files, 3 [docker-20.10]
docker run --rm alpine ls /nosuch; echo $?

### listing files, 4 [docker-20.10]
docker run --rm alpine ls -Z nosuch --nosuch; echo $?

### listing files, 5 [docker-20.10]
docker run --rm alpine sh -c 'cd /tmp; mkdir d; touch d/f .h; ln -s f d/l; ls -a; ls -F d; ls -R d; ls -1 d; ls -d d'

### files, 1 [docker-20.10]
docker run --rm alpine sh -c 'cd /tmp; echo a > f; cp f g; mv g h; cat h; rm h; rm h; echo $?; rm -f h; echo $?; mkdir d; rmdir d; rmdir d; echo $?; mkdir f; echo $?; mkdir -p a/b; rm a; echo $?; cp a x; echo $?'

### files, 2 [docker-20.10]
docker run --rm alpine sh -c 'cat nosuch; echo $?; cat /etc; echo $?; touch /nosuch/x; echo $?; cd /nosuch; echo $?; ln -s /nosuch /tmp/l; cat /tmp/l; echo $?; readlink /tmp/l; stat -c "%s %A %U %n" /etc/passwd; du -s /etc/passwd | cut -f 2'

### files, 3 [docker-20.10]
docker run --rm alpine sh -c 'chmod 600 /etc/passwd; ls -l /etc/passwd | cut -c 1-10; chmod x /etc/passwd; echo $?; chown nobody /etc/passwd; stat -c %U /etc/passwd; chown nosuch /etc/passwd; echo $?'

### text, 1 [docker-20.10]
docker run --rm alpine sh -c 'seq 12 | head -n 2; seq 12 | tail -n 2; seq 3 | tac; seq 5 | sed -n 2,3p; echo abc | tr a-c A-C; printf "b\na\nb\n" | sort | uniq -c; echo a:b:c | cut -d : -f 2; echo "a b c" | awk "{print \$2, NF}"; seq 12 | wc; echo hello | rev; seq 3 | paste -s -d ,'

### text, 2 [docker-20.10]
docker run --rm alpine sh -c 'printf "one\ntwo\nthree\n" > /tmp/f; grep t /tmp/f; grep -c o /tmp/f; grep -n two /tmp/f; grep -v o /tmp/f; grep x /tmp/f; echo $?; grep x /nosuch; echo $?; grep; echo $?; grep -q one /tmp/f && echo found'

### text, 3 [docker-20.10]
docker run --rm alpine sh -c 'find /etc -name passwd; find /nosuch; echo $?; echo a b | xargs -n 1 echo; echo $?; basename /a/b.c .c; dirname /a/b; echo abc | md5sum; echo hello | od -c; echo hi | hexdump -C; echo hi | base64'

### who and where, 1 [docker-20.10]
docker run --rm alpine sh -c 'id; whoami; hostname | wc -c; uname; uname -m; pwd; echo $HOME $PATH; env | cut -d = -f 1 | sort; tty; echo $?; date +%Y | wc -c; nproc > /dev/null; echo $?'

### who and where, 2 [docker-20.10]
docker run --rm -u 1000 alpine sh -c 'id; whoami; echo $?; echo $HOME; cat /etc/shadow; echo $?; touch /x; echo $?'

### mounts and devices, 1
docker run --rm alpine sh -c 'ls /dev | sort'

### mounts and devices, 2
docker run --rm alpine sh -c 'df / | head -1; mount | grep -c proc; echo x > /dev/null; head -c 3 /dev/zero | od -c | head -1; echo x > /dev/full; echo $?'

### mounts and devices, 3
docker run --rm alpine sh -c 'umount /proc; echo $?; mknod /tmp/n c 1 3; echo $?; chroot / echo in; echo $?; hostname new; echo $?; date -s 12:00 > /dev/null; echo $?'

### applets and their usage, 1 [docker-20.10]
docker run --rm alpine sleep; echo $?

### applets and their usage, 2 [docker-20.10]
docker run --rm alpine sleep x; echo $?

### applets and their usage, 3 [docker-20.10]
docker run --rm alpine mkdir; echo $?

### applets and their usage, 4 [docker-20.10]
docker run --rm alpine cp; echo $?

### applets and their usage, 5 [docker-20.10]
docker run --rm alpine busybox nosuch; echo $?

### applets and their usage, 6 [docker-20.10]
docker run --rm alpine cat --nosuch; echo $?

### applets and their usage, 7 [docker-20.10]
docker run --rm alpine true --help

### applets and their usage, 8 [docker-20.10]
docker run --rm alpine seq x; echo $?

### applets and their usage, 9 [docker-20.10]
docker run --rm alpine expr 1 + 2; docker run --rm alpine expr 1 +; echo $?

### applets and their usage, 10 [docker-20.10]
docker run --rm alpine test 1 -eq 1; echo $?

### time limits, 1 [docker-20.10]
docker run --rm alpine timeout 1 sleep 10; echo $?

### time limits, 2 [docker-20.10]
docker run --rm alpine timeout 5 true; echo $?

### time limits, 3 [docker-20.10]
docker run --rm alpine time true 2>&1 | cut -f 1

### time limits, 4 [docker-20.10]
docker run --rm alpine sh -c 'nohup echo hi; nice; nice -n 5 nice; env -i A=1 env; watch; echo $?' 2>&1 | head -5
