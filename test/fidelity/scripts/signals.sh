# Signals: kill's spellings and errors, traps, dispositions, what a status says of them.

### lists
kill -l | head -3
kill -l 9
kill -l TERM
kill -l 137
kill -l 0; echo $?
kill -l NOSUCH; echo $?
kill -l 99; echo $?
/bin/kill -l | head -3
/bin/kill -L | head -3
/bin/kill -l 15

### spellings
for s in -9 -KILL -SIGKILL '-s KILL' '-s 9' '-n 9' '-s kill'; do
  sleep 100 & kill $s $!; wait $! 2> /dev/null; echo "$s $?"
done

### what kill says
kill; echo $?
kill 999999; echo $?
kill -9; echo $?
kill x; echo $?
kill -NOSUCH 1; echo $?
kill -0 $$; echo $?
kill -0 999999; echo $?
kill -s; echo $?
kill %1; echo $?
kill -99 $$; echo $?
kill ''; echo $?
kill 1.5; echo $?

### what the program kill says
/bin/kill; echo $?
/bin/kill 999999; echo $?
/bin/kill x; echo $?
/bin/kill -NOSUCH 1; echo $?
/bin/kill -s NOSUCH 1; echo $?
/bin/kill -0 999999; echo $?

### every signal's status
for s in HUP INT QUIT ILL ABRT FPE KILL USR1 SEGV USR2 PIPE ALRM TERM; do
  sh -c "kill -$s \$\$" 2> /dev/null; echo "$s $?"
done

### ignored by default
for s in CHLD CONT URG WINCH; do sh -c "kill -$s \$\$; echo alive"; done

### what bash says of a killed job
sleep 100 & kill $!; wait $!; echo $?
sleep 100 & kill -9 $!; wait $!; echo $?
sleep 100 & kill -HUP $!; wait $!; echo $?
sleep 100 & kill -USR1 $!; wait $!; echo $?
sleep 100 & kill -SEGV $!; wait $!; echo $?

### what bash says of a killed command
sh -c 'kill -9 $$'; echo $?
sh -c 'kill -TERM $$'; echo $?
sh -c 'kill -SEGV $$'; echo $?
sh -c 'kill -INT $$'; echo $?
sh -c 'kill -PIPE $$'; echo $?
(kill -9 $BASHPID); echo $?

### a trap
trap 'echo got usr1' USR1
kill -USR1 $$
trap -p USR1
trap - USR1
trap -p USR1
trap 'echo bye' EXIT
exit 3

### a trap waits for the command in the foreground
bash -c 'trap "echo trapped" TERM; (sleep 0.2; kill -TERM $$) & sleep 0.5; echo after' 2>&1

### a trap ends wait at once
trap 'echo trapped' USR1
(sleep 0.2; kill -USR1 $$) &
sleep 100 & long=$!
wait $long; echo $?
kill $long

### an ignored signal stays ignored in children
trap '' TERM
sleep 100 & child=$!
kill $child
sleep 0.1
kill -0 $child && echo alive
kill -9 $child
grep SigIgn /proc/self/status

### a trapped signal is reset in children
trap 'echo x' TERM
sh -c 'kill -TERM $$; echo not reached'; echo $?

### traps of a subshell
trap 'echo parent' USR1
(trap; kill -USR1 $BASHPID; echo not reached); echo $?
(trap 'echo child' USR1; kill -USR1 $BASHPID)
echo "$(trap)"

### traps that are not right
trap x NOSUCH; echo $?
trap 'echo x' KILL; echo $?
trap -p KILL; echo $?
trap x; echo $?

### stop and continue
sleep 100 & a=$!
kill -STOP $a
until ps -o stat= -p $a | grep -q T; do :; done
ps -o stat= -p $a
grep State /proc/$a/status
kill -TERM $a
ps -o stat= -p $a
kill -CONT $a
wait $a; echo $?

### a background job ignores the interrupt
sleep 100 & a=$!
grep -E 'Sig(Ign|Cgt)' /proc/$a/status
kill -INT $a; sleep 0.1; kill -0 $a && echo alive
kill $a

### with job control it does not
set -m
sleep 100 & a=$!
kill -INT $a
wait $a; echo $?

### a writer whose reader is gone
yes | head -1
yes 2> /dev/null | head -1; echo "${PIPESTATUS[@]}"
(trap '' PIPE; yes 2>&1 | head -1; echo "${PIPESTATUS[@]}")

### SIGCHLD
set -m
trap 'echo child' CHLD
sleep 0.1 &
wait
trap - CHLD

### masks in /proc
bash -c 'trap "" HUP; trap "echo" USR1 USR2; grep -E "^Sig(Blk|Ign|Cgt)" /proc/$$/status'
sh -c 'trap "" HUP; trap "echo" USR1 USR2; grep -E "^Sig(Blk|Ign|Cgt)" /proc/$$/status'

### another user's process
sleep 100 & a=$!
setpriv --reuid 65534 --clear-groups kill $a; echo $?
setpriv --reuid 65534 --clear-groups /bin/kill -0 $a; echo $?
kill $a

### init
kill -0 1; echo $?
docker run --rm alpine sh -c 'kill -9 1; kill -TERM 1; echo $?; echo alive'
docker run --rm alpine sh -c 'trap "echo trapped" TERM; kill -TERM 1; echo after'
