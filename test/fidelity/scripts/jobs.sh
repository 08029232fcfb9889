# The host's bash: jobs, waiting, subshells, options, errors.

### jobs
sleep 100 & sleep 200 &
jobs
jobs -l | sed 's/[0-9]\{2,\}/PID/'
jobs -p | wc -l
jobs %1
jobs %3; echo $?
kill %1 %2; wait

### waiting
(exit 3) & wait $!; echo $?
sleep 0.1 & wait; echo $?
wait 999999; echo $?
wait %1; echo $?
wait x; echo $?
(sleep 0.3; exit 1) & (sleep 0.1; exit 2) & wait -n; echo $?; wait
(exit 4) & p=$!; wait $p; wait $p; echo $?
(exit 5) & wait -n -p who; echo $?; [ "$who" = $! ] && echo that one

### foreground and background
fg; echo $?
bg; echo $?
set -m
sleep 0.2 & fg; echo $?
sleep 100 & kill -STOP $!; until ps -o stat= -p $! | grep -q T; do :; done; jobs; bg
kill %1; wait %1 2> /dev/null; echo $?

### disown
sleep 100 & disown; jobs; kill $!; echo $?
disown %9; echo $?

### pipelines
false | true; echo $? "${PIPESTATUS[@]}"
set -o pipefail; false | true; echo $?; true | false | true; echo $? "${PIPESTATUS[@]}"
(exit 2) | (exit 3) | (exit 4); echo "${PIPESTATUS[@]}"
echo x | read v; echo "v=$v"; shopt -s lastpipe; echo x | read v; echo "v=$v"
! true; echo $?; ! false | false; echo $?
echo a |& cat; nosuch |& sed 's/^/> /'

### subshells
x=1; (x=2; echo $x $BASH_SUBSHELL); echo $x
[ "$(echo $$)" = $$ ] && echo same; [ "$(echo $BASHPID)" = $$ ] || echo another
(cd /; pwd); pwd; (exit 3); echo $?; { x=5; }; echo $x; ( (exit 4) ); echo $?
(trap 'echo sub exit' EXIT; echo in); a=$(exit 6); echo $?

### processes of a pipeline
sleep 100 | sleep 200 | sleep 300 &
until [ "$(pgrep -c -x sleep)" = 3 ]; do :; done
pgrep -a -x sleep | cut -d ' ' -f 2-; ps -o args= -p $!; jobs; pgrep -P $$ -x sleep | wc -l; pkill sleep; wait; echo $?

### errexit, 1
bash -c 'set -e; false; echo no'; echo $?
bash -c 'set -e; false || true; if false; then :; fi; ! true; echo yes; (false); echo no'; echo $?

### errexit, 2
bash -c 'set -e; f() { false; echo in f; }; f || echo or; f; echo no'; echo $?
bash -c 'set -e; x=$(false); echo no'; echo $?

### errexit, 3
bash -c 'set -e; trap "echo err \$?" ERR; false; echo no'; echo $?
bash -euo pipefail -c 'false | true; echo no'; echo $?

### errexit, 4
bash -uc 'echo ${x}; echo no'; echo $?

### errors of the shell, 1
nosuch; echo $?
./nosuch; echo $?
/etc; echo $?
touch notexec; ./notexec; echo $?
echo x > /nosuch/x; echo $?
cat < nosuch; echo $?

### errors of the shell, 2
cd nosuch; echo $?
cd a b; echo $?
. nosuch; echo $?
exec 5< nosuch; echo $?
echo $((1 / 0)); echo $?
echo $((1 +)); echo $?

### errors of the shell, 3
readonly r=1; (r=2); echo $?
shift 5; echo $?
return 3; echo $?
break; echo $?
unset r; echo $?
local x; echo $?

### errors of the shell, 4
declare -Z; echo $?
printf '%d\n' x; echo $?
test a b c; echo $?
[ 1 -eq x ]; echo $?
[ a; echo $?
let; echo $?

### errors of the shell, 5
read -t x v; echo $?
set -o nosuch; echo $?
shopt nosuch; echo $?
export 1x=2; echo $?
type nosuch; echo $?
command nosuch; echo $?

### errors of the shell, 6
builtin nosuch; echo $?
alias nosuch; echo $?
hash nosuch; echo $?
ulimit -Z; echo $?
umask 999; echo $?
getopts; echo $?

### errors of the shell, 7
trap; trap x; echo $?

### syntax errors
bash -c 'echo )'; echo $?
bash -c 'if true'; echo $?
bash -c 'echo "open'; echo $?
bash -c "echo 'open"; echo $?
bash -c 'for'; echo $?
bash -c 'case x in'; echo $?
bash -c 'a=(1 2'; echo $?
bash -c 'echo $('; echo $?
bash -c '}'; echo $?
bash -c 'fi'; echo $?
bash -c '&& x'; echo $?
bash -c 'x | | y'; echo $?
bash -c 'f() {'; echo $?
bash -c '[[ a'; echo $?
bash -c 'cat <<END
x'; echo $?
eval 'echo )'; echo $?

### a script file
printf '#!/bin/bash\necho "$0 $# $1"\nnosuch\nexit 7\n' > script
./script; echo $?
bash script a b; echo $?
chmod +x script; ./script a; echo $?
sh script; echo $?
source ./script x; echo not reached

### interpreters that are not there
printf '#!/nosuch/bash\necho hi\n' > script; chmod +x script; ./script; echo $?
printf 'echo no interpreter line\n' > script; ./script; echo $?
printf '\177ELF' > script; ./script; echo $?

### bash itself
bash --nosuch; echo $?
bash -Z; echo $?
bash nosuch; echo $?
bash -c; echo $?
bash -c 'echo $0 $1' a b; bash -s x <<< 'echo $1'; echo 'echo in $0' | bash; bash --version | head -1 | cut -d ' ' -f 1-2; bash -n -c 'echo no'; bash -x -c 'a=1; echo $a'; bash -v -c 'echo v'

### exec
(exec echo replaced; echo no); (exec nosuch; echo no); echo $?; exec 3> f; echo text >&3; exec 3>&-; cat f; echo x >&3; echo $?; (exec > g; echo into g); cat g; exec -a other bash -c 'echo $0'

### a coprocess
coproc cat; echo hello >&"${COPROC[1]}"; read -r line <&"${COPROC[0]}"; echo "$line"; kill $COPROC_PID; wait $COPROC_PID; echo $?

### process substitution
cat <(echo a) <(echo b); diff <(seq 2) <(seq 3); echo hi > >(cat); wait; wc -l < <(seq 5); echo <(:) | sed 's/[0-9]*$/N/'

### fork bombs are not run, deep recursion ends
f() { [ $1 -eq 0 ] || f $(($1 - 1)); }; f 200; echo $?
FUNCNEST=10; g() { g; }; g; echo $?

### limits
(ulimit -n 10; ulimit -n); (ulimit -c; ulimit -Sc); ulimit -a | head -1 | cut -c 1-20; (ulimit -n x); echo $?

### time
{ time true; } 2>&1 | cut -f 1; TIMEFORMAT='%0R'; time true; times | wc -l; SECONDS=5; echo $SECONDS; [ $RANDOM -lt 32768 ]; echo $?; [ "$EPOCHSECONDS" -gt 0 ]; echo $?
