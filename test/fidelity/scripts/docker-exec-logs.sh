# docker exec, logs, attach, cp, diff, top, stats: looking into a container.

### exec
docker run -d --name web alpine sleep 100 > /dev/null
docker exec web echo hello
docker exec web sh -c 'echo err >&2; exit 4'; echo $?
docker exec -e A=1 -w /etc -u nobody web sh -c 'echo $A $(pwd) $(id -un)'
docker exec web nosuch; echo $?
docker exec web; echo $?
docker exec nosuch true; echo $?

### exec in what does not run
docker create --name new alpine true > /dev/null
docker run --name ended alpine true
docker exec new true 2>&1 | sed 's/[0-9a-f]\{64\}/ID/'
docker exec ended true 2>&1 | sed 's/[0-9a-f]\{64\}/ID/'

### exec with standard input
docker run -d --name web alpine sleep 100 > /dev/null
echo text | docker exec -i web cat
echo text | docker exec web cat
echo 'echo $((6*7))' | docker exec -i web sh

### exec without a terminal
docker run -d --name web alpine sleep 100 > /dev/null
docker exec -it web echo hi < /dev/null; echo $?

### exec in the background
docker run -d --name web alpine sleep 100 > /dev/null
docker exec -d web touch /made
until docker exec web ls /made 2> /dev/null; do sleep 0.1; done
docker exec -d web nosuch; echo $?

### exec killed by a signal
docker run -d --name web alpine sleep 100 > /dev/null
docker exec web sh -c 'kill -9 $$'; echo $?
docker exec web sh -c 'kill -TERM $$'; echo $?

### exec sees the container's processes
docker run -d --name web alpine sleep 100 > /dev/null
docker exec web ps | sed 's/^ *[0-9]* /PID /'
docker exec web cat /proc/1/cmdline | tr '\0' ' '; echo
docker exec web grep PPid /proc/self/status

### logs
docker run --name web alpine sh -c 'echo out 1; echo err 1 >&2; echo out 2'
docker logs web
docker logs web 2> /dev/null
docker logs web 2>&1 > /dev/null
docker logs nosuch; echo $?

### the end of the logs
docker run --name web alpine seq 10
docker logs --tail 2 web
docker logs -n 1 web
docker logs --tail 0 web
docker logs --tail all web | wc -l
docker logs --tail x web | wc -l

### logs with times
docker run --name web alpine sh -c 'echo a; echo b'
docker logs -t web | sed 's/^[0-9T:.-]*Z/TIME/'
docker logs --since 1h web
docker logs --until 1h web
docker logs --since 2000-01-01 web
docker logs --since nosuch web; echo $?

### logs without a last newline
docker run --name web alpine printf 'no newline'
docker logs web | od -c | head -2

### logs follow until the end
docker run -d --name web alpine sh -c 'for i in 1 2 3; do echo $i; sleep 0.1; done' > /dev/null
docker logs -f web

### attach until the end
docker run -d --name web alpine sh -c 'sleep 2; echo late; exit 6' > /dev/null
docker attach web; echo $?
docker attach web; echo $?
docker attach nosuch; echo $?

### copy in and out
docker run -d --name web alpine sleep 100 > /dev/null
echo text > file
docker cp file web:/tmp/copied > /dev/null; echo $?
docker exec web cat /tmp/copied
docker cp web:/etc/passwd . > /dev/null
head -1 passwd
docker cp web:/nosuch . ; echo $?
docker cp nosuchfile web:/ ; echo $?
docker cp nosuch:/x . ; echo $?
docker cp a b; echo $?
docker cp web:/a web:/b; echo $?

### copy a directory
docker create --name web alpine true > /dev/null
mkdir -p d/sub && echo 1 > d/one && echo 2 > d/sub/two
docker cp d web:/tmp > /dev/null
docker cp web:/tmp/d back > /dev/null
find back | sort
docker cp web:/tmp/d/one - | tar t

### diff
docker run --name web alpine sh -c 'echo x > /new; mkdir /dir; touch /dir/f; rm /etc/group; echo y >> /etc/passwd'
docker diff web | sort
docker diff nosuch; echo $?

### top
docker run -d --name web alpine sh -c 'sleep 100 & sleep 200' > /dev/null
docker exec web true
docker top web | sed 1q
docker top web -o pid,comm | sed 's/^[0-9]* */PID /' | sort
docker top web aux | sed 1q
docker top nosuch; echo $?
docker top web -o nosuch; echo $?

### top of what does not run
docker create --name new alpine true > /dev/null
docker top new 2>&1 | sed 's/[0-9a-f]\{64\}/ID/'

### stats once
docker run -d --name web alpine sleep 100 > /dev/null
docker stats --no-stream --format '{{.Name}} {{.PIDs}}' web
docker stats --no-stream | sed 1q | tr -s ' '
docker stats --no-stream nosuch; echo $?

### export
docker create --name web alpine true > /dev/null
docker export web | tar t | grep -E '^(etc|bin|bin/busybox|\.dockerenv)/?$' | sort
docker export nosuch; echo $?
docker export -o web.tar web && ls web.tar
