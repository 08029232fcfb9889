# A container's life: create, start, stop, restart, kill, pause, wait, rename, update, rm.

### create, then start
docker create --name cc alpine sh -c 'echo started; exit 7' > /dev/null
docker ps -a --format '{{.Names}}: {{.Status}}'
docker start cc
docker wait cc
docker logs cc
docker start -a cc; echo $?

### start what runs already
docker run -d --name web alpine sleep 100 > /dev/null
docker start web; echo $?

### start several
docker create --name a1 alpine sleep 100 > /dev/null
docker create --name a2 alpine sleep 100 > /dev/null
docker start a1 nosuch a2; echo $?
docker ps --format '{{.Names}}' | sort

### stop
docker run -d --name web alpine sh -c 'trap "echo bye; exit 0" TERM; while :; do sleep 0.1; done' > /dev/null
docker exec web true
docker stop web
docker logs web
docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' web

### stop what ignores the signal
docker run -d --name web alpine sleep 100 > /dev/null
docker stop -t 1 web
docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' web

### stop what has stopped
docker run --name web alpine true
docker stop web; echo $?
docker stop nosuch; echo $?

### restart keeps the id
docker run -d --name web alpine sleep 100 > /dev/null
before=$(docker inspect -f '{{.Id}}' web)
docker restart -t 0 web
[ "$before" = "$(docker inspect -f '{{.Id}}' web)" ] && echo same
docker inspect -f '{{.State.Status}} {{.RestartCount}}' web

### kill
docker run -d --name web alpine sleep 100 > /dev/null
docker kill web
docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}}' web
docker kill web; echo $?

### kill with a signal
docker run -d --name web alpine sh -c 'trap "echo got usr1" USR1; trap "echo got hup; exit 9" HUP; while :; do sleep 0.1; done' > /dev/null
docker exec web true
docker kill -s USR1 web
sleep 0.5
docker kill --signal SIGHUP web
docker wait web
docker logs web

### kill with signals in every spelling
docker run -d --name pause registry.k8s.io/pause:3.9 > /dev/null
docker kill -s WINCH pause
docker kill -s 28 pause
docker kill -s SIGWINCH pause
docker kill -s sigwinch pause
docker kill -s NOSUCH pause; echo $?
docker kill -s 99 pause; echo $?
docker kill -s '' pause; echo $?

### pause and unpause
docker run -d --name web alpine sleep 100 > /dev/null
docker pause web
docker ps --format '{{.Names}}' --filter status=paused
docker inspect -f '{{.State.Status}} {{.State.Running}} {{.State.Paused}}' web
docker pause web; echo $?
docker exec web true; echo $?
docker unpause web
docker unpause web; echo $?

### pause what does not run
docker create --name cc alpine true > /dev/null
docker pause cc; echo $?
docker unpause cc; echo $?

### wait
docker run -d --name aa alpine sh -c 'exit 3' > /dev/null
docker run -d --name bb alpine sh -c 'sleep 0.3; exit 4' > /dev/null
docker wait aa bb; echo $?
docker wait nosuch; echo $?

### rename
docker run -d --name old alpine sleep 100 > /dev/null
docker run -d --name other alpine sleep 100 > /dev/null
docker rename old new; echo $?
docker rename old newer; echo $?
docker rename new other; echo $?
docker rename new 'not good'; echo $?
docker ps --format '{{.Names}}' | sort

### remove
docker run --name web alpine true
docker rm web; echo $?
docker rm web; echo $?

### remove what runs
docker run -d --name web alpine sleep 100 > /dev/null
docker rm web 2>&1 | sed 's/[0-9a-f]\{64\}/ID/'
docker rm -f web; echo $?
docker rm -f web; echo $?

### remove several
docker create --name a1 alpine true > /dev/null
docker create --name a2 alpine true > /dev/null
docker rm a1 nosuch a2; echo $?

### remove by a part of the id
id=$(docker create --name web alpine true)
docker rm "${id:0:6}" > /dev/null; echo $?
docker ps -aq

### removed with --rm
docker run --rm --name web alpine true
docker ps -aq
docker inspect web; echo $?

### update the restart policy
docker run -d --name web alpine sleep 100 > /dev/null
docker update --restart always web
docker inspect -f '{{.HostConfig.RestartPolicy.Name}}' web
docker update --restart sometimes web; echo $?
docker update --memory 32m --memory-swap 64m web
docker inspect -f '{{.HostConfig.Memory}}' web

### restarts on failure until the count is reached
docker run -d --name ff --restart on-failure:2 alpine sh -c 'echo try; exit 1' > /dev/null
until [ "$(docker inspect -f '{{.State.Status}} {{.RestartCount}}' ff)" = 'exited 2' ]; do sleep 0.1; done
docker logs ff
docker inspect -f '{{.State.ExitCode}} {{.RestartCount}}' ff

### does not restart after a stop
docker run -d --name always --restart always alpine sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done' > /dev/null
docker exec always true
docker stop always
docker inspect -f '{{.State.Status}} {{.RestartCount}}' always

### restarts when its process is killed from the host
docker run -d --name always --restart always alpine sleep 100 > /dev/null
first=$(docker inspect -f '{{.State.Pid}}' always)
kill -9 "$first"
until [ "$(docker inspect -f '{{.State.Running}} {{.RestartCount}}' always)" = 'true 1' ]; do sleep 0.1; done
[ "$first" = "$(docker inspect -f '{{.State.Pid}}' always)" ] || echo another process

### exit codes of all ways to end
docker run --name a0 alpine true
docker run --name a1 alpine false
docker run --name a2 alpine sh -c 'kill -9 $$; echo PID 1 lives'
docker run -d --name a3 alpine sleep 100 > /dev/null; docker kill a3 > /dev/null
docker run -d --name a4 registry.k8s.io/pause:3.9 > /dev/null; docker stop a4 > /dev/null
docker run --name a5 alpine sh -c 'exit 256'
for c in a0 a1 a2 a3 a4 a5; do docker inspect -f '{{.Name}} {{.State.ExitCode}}' $c; done

### container prune
docker run --name a1 alpine true
docker create --name a2 alpine true > /dev/null
docker run -d --name a3 alpine sleep 100 > /dev/null
docker container prune -f | grep -c '^[0-9a-f]\{64\}$'
docker container prune -f
docker ps -a --format '{{.Names}}'

### commit
docker run --name cc alpine sh -c 'echo new > /file'
docker commit -m 'a file' -c 'CMD ["cat", "/file"]' cc made:1 | cut -d : -f 1
docker run --rm made:1
docker images made --format '{{.Repository}}:{{.Tag}}'
