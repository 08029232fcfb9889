# sh of a container, busybox's ash: messages, exit codes, jobs, options.

### errors, 1 [docker-20.10]
docker run --rm alpine sh -c 'nosuch; echo $?; /etc/passwd; echo $?; /etc; echo $?; ./nosuch; echo $?'

### errors, 2 [docker-20.10]
docker run --rm alpine sh -c 'echo )'; echo $?

### errors, 3 [docker-20.10]
docker run --rm alpine sh -c 'if true'; echo $?

### errors, 4 [docker-20.10]
docker run --rm alpine sh -c 'echo "open'; echo $?

### errors, 5 [docker-20.10]
docker run --rm alpine sh -c 'for'; echo $?

### errors, 6 [docker-20.10]
docker run --rm alpine sh -c 'a=(1 2)'; echo $?

### errors, 7 [docker-20.10]
docker run --rm alpine sh -c 'cat < nosuch; echo $?; echo > /nosuch/x; echo $?'

### errors, 8 [docker-20.10]
docker run --rm alpine sh -c 'set -u; echo $nosuch; echo no'; echo $?

### errors, 9 [docker-20.10]
docker run --rm alpine sh -c 'set -e; false; echo no'; echo $?

### errors, 10 [docker-20.10]
docker run --rm alpine sh -c 'readonly a=1; a=2; echo no'; echo $?

### errors, 11 [docker-20.10]
docker run --rm alpine sh -c 'echo ${x?not set}; echo no'; echo $?

### errors, 12 [docker-20.10]
docker run --rm alpine sh -c 'cd /nosuch; echo $?; shift 5; echo $?; exit x; echo $?'; echo $?

### errors, 13 [docker-20.10]
docker run --rm alpine sh -c 'echo $((1/0)); echo no'; echo $?

### errors, 14 [docker-20.10]
docker run --rm alpine sh -c 'export 1x=2; echo $?; unset 1x; echo $?; . nosuch; echo $?'; echo $?

### options, 1 [docker-20.10]
docker run --rm alpine sh -x -c 'echo a; b=1; echo $b'

### options, 2 [docker-20.10]
docker run --rm alpine sh -c 'set -o | head -3; set -o pipefail; false | true; echo $?; echo $-'

### options, 3 [docker-20.10]
docker run --rm alpine sh -z; echo $?

### options, 4 [docker-20.10]
docker run --rm alpine sh nosuch; echo $?

### jobs, 1 [docker-20.10]
docker run --rm alpine sh -c 'sleep 100 & jobs; kill $!; wait $!; echo $?; jobs'

### jobs, 2 [docker-20.10]
docker run --rm alpine sh -c 'sh -c "exit 3" & wait $!; echo $?; wait 999; echo $?; wait; echo $?'

### jobs, 3 [docker-20.10]
docker run --rm alpine sh -c 'sleep 0.1 & sleep 0.2 & wait; echo $?; fg; echo $?; bg; echo $?'

### jobs, 4 [docker-20.10]
docker run --rm alpine sh -c 'sleep 100 & kill -9 $!; wait $!; echo $?; sh -c "kill -9 \$\$"; echo $?; sh -c "kill -TERM \$\$"; echo $?'

### traps, 1 [docker-20.10]
docker run --rm alpine sh -c 'trap "echo bye" EXIT; echo hi; exit 3'; echo $?

### traps, 2 [docker-20.10]
docker run --rm alpine sh -c 'trap "echo usr1" USR1; kill -USR1 $$; trap; trap - USR1; trap x NOSUCH; echo $?'

### traps, 3 [docker-20.10]
docker run --rm alpine sh -c 'trap "" TERM; sh -c "kill -TERM \$\$; echo alive"'

### expansions, 1 [docker-20.10]
docker run --rm alpine sh -c 'a=hello; echo ${#a} ${a#h} ${a%o} ${a##*l} ${a%%l*} ${b:-def} ${b:=set} $b ${a:+alt} ${a:1:3} ${a/l/L} ${a//l/L}'

### expansions, 2 [docker-20.10]
docker run --rm alpine sh -c 'set -- a "b c" d; echo $# "$2" $*; for x in "$@"; do echo "[$x]"; done; shift; echo $1; IFS=-; echo "$*"'

### expansions, 3 [docker-20.10]
docker run --rm alpine sh -c 'echo $((2**3)) $((7/2)) $((7%3)) $((1<<4)) $((3>2)) $((0x10)) $((010)); i=5; echo $((i++)) $i $((i+=2))'

### expansions, 4 [docker-20.10]
docker run --rm alpine sh -c 'cd /etc; echo pass* nosuch* [pg]*; echo {a,b} a{1,2}; echo ~ ~nosuch; echo "$(echo sub) `echo back`"'

### expansions, 5 [docker-20.10]
docker run --rm alpine sh -c 'echo $0 $$; echo "$-"; echo $?; echo ${0##*/}; echo $PPID'

### compound commands, 1 [docker-20.10]
docker run --rm alpine sh -c 'for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done; i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && break; done; echo $i; until true; do :; done; case abc in a*) echo a;; *) echo other;; esac'

### compound commands, 2 [docker-20.10]
docker run --rm alpine sh -c 'f() { local x=1; echo $1 $x; return 4; }; f arg; echo $?; echo "x:$x"; (exit 5); echo $?; { echo group; }; ! true; echo $?; true && echo and || echo or'

### compound commands, 3 [docker-20.10]
docker run --rm alpine sh -c 'cat <<END
one $((1+1))
END
cat <<"END"
two $x
END
cat <<-END
	tab
	END
read a b <<END
x y z
END
echo "$a|$b"'

### printf, echo, test, read, 1 [docker-20.10]
docker run --rm alpine sh -c 'printf "%s %d %x %05.1f|%-5s|%5s|%c\n" a 10 255 3.14159 ab cd xyz; printf "%d\n" x; echo $?; printf "\n"; printf "%b" "a\tb\n"; printf; echo $?'

### printf, echo, test, read, 2 [docker-20.10]
docker run --rm alpine sh -c 'echo -e "a\tb"; echo -n x; echo; echo -E "a\tb"; echo "a\tb"; echo --'

### printf, echo, test, read, 3 [docker-20.10]
docker run --rm alpine sh -c '[ 1 -eq 1 ]; echo $?; [ a = b ]; echo $?; [ 1 -eq x ]; echo $?; [ a b c ]; echo $?; [ -f /etc/passwd ]; echo $?; [ -z "" -a -n x ]; echo $?; [ 1; echo $?; test; echo $?; [[ a = a ]]; echo $?'

### printf, echo, test, read, 4 [docker-20.10]
docker run --rm alpine sh -c 'echo "a b c" | { read x y; echo "$x|$y"; }; echo a:b | { IFS=: read x y; echo "$x|$y"; }; read x < /dev/null; echo $?; printf "a\\\\b\n" | { read -r x; echo "$x"; }'

### builtins, 1 [docker-20.10]
docker run --rm alpine sh -c 'type cd; type ls; type nosuch; command -v ls; command -v cd; command -v nosuch; echo $?; which ls; alias a="echo x"; alias; unalias a; umask; ulimit -n > /dev/null; echo $?; times | wc -l; hash; getopts a x; echo $?'

### builtins, 2 [docker-20.10]
docker run --rm alpine sh -c 'while getopts ab:c x -a -b arg -z; do echo "$x $OPTARG"; done; echo $OPTIND'

### builtins, 3 [docker-20.10]
docker run --rm alpine sh -c 'eval "echo a; exit 3"; echo no'; echo $?

### builtins, 4 [docker-20.10]
docker run --rm alpine sh -c 'exec echo replaced; echo no'

### builtins, 5 [docker-20.10]
docker run --rm alpine sh -c 'exec nosuch; echo no'; echo $?

### scripts from standard input and from files [docker-20.10]
printf 'echo one\nnosuch\necho $?\n' | docker run --rm -i alpine sh
printf 'echo one\nexit 4\necho two\n' | docker run --rm -i alpine sh -s a b; echo $?
mkdir d; printf '#!/bin/sh\necho "$0 $*"\nnosuch\ncd /nosuch\nexit 3\n' > d/script
docker run --rm -v "$PWD/d:/d" alpine sh /d/script a b; echo $?
docker run --rm -v "$PWD/d:/d" alpine /d/script; echo $?
chmod +x d/script
docker run --rm -v "$PWD/d:/d" alpine /d/script a; echo $?
