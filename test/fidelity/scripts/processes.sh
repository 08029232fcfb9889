# Processes of the host: ps, pgrep, pkill, pstree, jobs, orphans, zombies, groups and sessions.

### a process of one's own
sleep 100 &
ps -o comm,args,stat,tty -p $!
ps -o ppid= -p $! | tr -d ' ' | grep -cx $$
kill $!

### selections of ps
sleep 100 & a=$!
sleep 200 & b=$!
ps -o args= -p "$a,$b"
ps -o args= -p $a -p $b
ps -o args= $a $b
ps --no-headers -o args --ppid $$ | grep sleep
ps -C sleep -o args
ps -o args h -C sleep
kill $a $b

### columns of ps
sleep 100 &
ps -o user,group,uid,gid,ruser,euid,ni,pri,cls,nlwp,stat,wchan:20,comm -p $!
ps -o 'comm=NAME,args=WHOLE COMMAND' -p $!
ps -o pid= -o comm= -p $! | sed 's/[0-9]\+/PID/'
ps -o nosuch -p $!; echo $?
kill $!

### formats of ps
ps -f -p $$ | head -1
ps -F -p $$ | head -1
ps -l -p $$ | head -1
ps u -p $$ | head -1
ps j -p $$ | head -1
ps -j -p $$ | head -1
ps -ly -p $$ | head -1
ps s -p $$ | head -1
ps v -p $$ | head -1
ps aux | head -1
ps -ef | head -1
ps -eo pid,comm | head -1
ps axjf | head -1
ps -eLf | head -1

### ps of what is not there
ps -p 999999; echo $?
ps -p x; echo $?
ps -C nosuch; echo $?
ps --nosuch; echo $?
ps -Q; echo $?

### a tree
bash -c 'sleep 100 & bash -c "sleep 200 & wait" & wait' &
until [ "$(pgrep -c sleep)" = 2 ]; do sleep 0.1; done
ps -o args --forest -g "$(ps -o sid= -p $$)" | grep -E 'sleep|\\_ bash'
pkill sleep; wait

### pgrep and pkill
sleep 100 & a=$!
sleep 200 &
pgrep sleep | wc -l
pgrep -c sleep
pgrep -l sleep | sed 's/[0-9]*/PID/'
pgrep -a sleep | sed 's/^[0-9]*/PID/'
pgrep -f 'sleep 1' | grep -cx $a
pgrep -x slee; echo $?
pgrep -n -a sleep | cut -d ' ' -f 2-
pgrep -o -a sleep | cut -d ' ' -f 2-
pgrep -P $$ -a sleep | cut -d ' ' -f 2-
pkill -f 'sleep 200'; echo $?
pkill nosuch; echo $?
pgrep; echo $?
pgrep -Z; echo $?
kill $a

### pidof
sleep 100 & a=$!
pidof sleep | grep -cx $a
pidof nosuch; echo $?
kill $a

### killall
sleep 100 &
killall sleep; echo $?
killall sleep; echo $?
killall; echo $?
killall -s NOSUCH sleep; echo $?

### a zombie
bash -c 'sleep 0.1 & exec sleep 100' &
parent=$!
until ps --ppid $parent -o stat= | grep -q Z; do sleep 0.1; done
ps --ppid $parent -o stat,comm,args
ps --ppid $parent -o pid= | { read -r z; kill -9 $z; echo $?; ls /proc/$z/fd; cat /proc/$z/cmdline | wc -c; grep State /proc/$z/status; }
kill $parent; wait

### an orphan goes to init
bash -c 'sleep 100 & echo $! > child'
ps -o ppid= -p "$(cat child)" | tr -d ' '
kill "$(cat child)"

### groups and sessions
sleep 100 & a=$!
[ "$(ps -o pgid= -p $a)" = "$(ps -o pgid= -p $$)" ] && echo same group
[ "$(ps -o sid= -p $a)" = "$(ps -o sid= -p $$)" ] && echo same session
set -m
sleep 200 & b=$!
[ "$(ps -o pgid= -p $b)" -eq $b ] && echo leader
setsid sleep 300 &
until s=$(pgrep -f 'sleep 300'); do sleep 0.1; done
[ "$(ps -o sid= -p $s)" -eq $s ] && echo session leader
kill $a $b $s

### a group is killed as one
set -m
bash -c 'sleep 100 & sleep 200 & wait' &
group=$!
until [ "$(pgrep -c -g $group sleep)" = 2 ]; do sleep 0.1; done
kill -- -$group
wait $group; echo $?
until ! pgrep -g $group > /dev/null; do sleep 0.1; done; echo all gone

### nice
nice -n 5 sleep 100 &
until pgrep -x sleep > /dev/null; do :; done
ps -o ni,comm -C sleep
renice -n 7 -p $! | sed "s/$!/PID/"
ps -o ni= -p $!
nice
nice -n 5 nice
nice nosuch; echo $?
kill $!

### time limits
timeout 0.2 sleep 10; echo $?
timeout -s KILL 0.2 sleep 10; echo $?
timeout 5 true; echo $?
timeout 5 sh -c 'exit 3'; echo $?
timeout; echo $?
timeout x true; echo $?
timeout 1 nosuch; echo $?
timeout --preserve-status 0.2 sleep 10; echo $?

### nohup and setsid and env
nohup echo hi
nohup nosuch; echo $?
env -i A=1 env
env nosuch; echo $?
env -u HOME sh -c 'echo "${HOME-unset}"'
setsid; echo $?

### sleep
sleep; echo $?
sleep x; echo $?
sleep 0.01 0.01; echo $?
sleep -1; echo $?
sleep 1x; echo $?

### exit codes
true; echo $?
false; echo $?
sh -c 'exit 42'; echo $?
sh -c 'exit 256'; echo $?
sh -c 'exit -1'; echo $?
sh -c 'kill -15 $$'; echo $?
nosuch; echo $?
/tmp; echo $?
(exit 7); echo $?

### top and uptime and free and nproc
top -b -n 1 | sed -n 7p
top -b -n 1 -p $$ | tail -1 | awk '{print $NF}'
free | awk '{print $1}'
free -h | head -1
uptime | grep -c 'load average'
nproc > /dev/null; echo $?
free -x; echo $?

### pstree
bash -c 'sleep 100 & sleep 200 & wait' &
until [ "$(pgrep -c sleep)" = 2 ]; do sleep 0.1; done
pstree $!
pstree -a $!
pstree -p $! | sed 's/([0-9]*)/(PID)/g'
pstree -A -c $!
pkill sleep; wait

### a fifo between two processes
mkfifo pipe
(echo through the pipe > pipe) &
cat pipe
wait; echo $?
ls -l pipe | cut -c 1

### a process that waits for a lock, a pipe, a child
sleep 100 | cat &
ps -o comm,wchan:20 -p $!
kill %1 2> /dev/null || pkill sleep
