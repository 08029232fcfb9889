# Commands that are not right: flags, arguments, names, types. The real text and exit code.

### no command, and one that is not there
docker nosuch; echo $?
docker 2>&1 | sed -n 1,3p
docker ps nosuch; echo $?
docker pss; echo $?

### commands without what they need
for c in rm start stop restart kill pause unpause wait logs top port rename inspect attach diff exec cp commit export; do
  docker $c; echo "$c $?"
done

### create and run without an image
docker run; echo $?
docker create; echo $?
docker run --rm; echo $?
docker run -d --name x; echo $?

### flags that are not there
for c in ps rm run start stop kill logs exec inspect images rmi wait; do
  docker $c --nosuch x; echo "$c $?"
done

### short flags that are not there
docker ps -Z; echo $?
docker run -Z alpine; echo $?
docker rm -fZ x; echo $?

### flags without their value
docker run --name; echo $?
docker run -e; echo $?
docker logs --tail; echo $?
docker kill -s; echo $?
docker stop -t; echo $?
docker ps --format; echo $?

### flags with a value of the wrong type
docker stop -t x web; echo $?
docker stop --time=1.5 web; echo $?
docker run --cpu-shares x alpine; echo $?
docker run --cpus x alpine; echo $?
docker run --memory x alpine; echo $?
docker run --detach=maybe alpine; echo $?
docker run --pids-limit x alpine; echo $?
docker run --stop-timeout x alpine; echo $?
docker ps --all=x; echo $?
docker run --oom-score-adj 9999 alpine true; echo $?

### too many arguments
docker rename a b c; echo $?
docker logs a b; echo $?
docker attach a b; echo $?
docker version x; echo $?
docker info x; echo $?
docker diff a b; echo $?
docker volume create a b; echo $?
docker network create a b; echo $?

### containers that are not there
for c in start stop restart kill pause unpause wait rm logs top port diff attach export inspect stats; do
  case $c in stats) set -- --no-stream;; *) set --;; esac
  docker $c "$@" nosuch; echo "$c $?"
done

### several that are not there
docker rm no1 no2 no3; echo $?
docker stop no1 no2; echo $?
docker kill no1 no2; echo $?
docker start no1 no2; echo $?
docker inspect no1 no2; echo $?

### names of images that are not right
docker run --rm ALPINE true; echo $?
docker run --rm 'al pine' true; echo $?
docker run --rm alpine:bad:tag true; echo $?
docker run --rm '' true; echo $?
docker run --rm -- -x; echo $?
docker pull ALPINE; echo $?
docker rmi 'A B'; echo $?

### modes of namespaces that are not right
docker run --rm --pid nosuch alpine true; echo $?
docker run --rm --ipc nosuch alpine true; echo $?
docker run --rm --uts nosuch alpine true; echo $?
docker run --rm --pid container:nosuch alpine true; echo $?
docker run --rm --ipc container:nosuch alpine true; echo $?
docker run --rm --userns nosuch alpine true; echo $?

### joining what does not allow it
docker run -d --name plain alpine sleep 100 > /dev/null
docker run --rm --ipc container:plain alpine true 2>&1 | sed 's/[0-9a-f]\{64\}/ID/'
docker create --name stopped alpine true > /dev/null
docker run --rm --pid container:stopped alpine true 2>&1 | sed 's/[0-9a-f]\{64\}/ID/'
docker run --rm --network container:stopped alpine true 2>&1 | sed 's/[0-9a-f]\{64\}/ID/'

### flags that do not go together
docker run -d --rm --restart=always alpine true; echo $?
docker run --detach --attach stdout alpine true; echo $?
docker run --network host --hostname x --rm alpine hostname
docker run --rm --uts host --hostname x alpine true; echo $?
docker run --rm --health-cmd true --no-healthcheck alpine true; echo $?

### environment and labels that are not right
docker run --rm -e '' alpine true; echo $?
docker run --rm -e =x alpine true; echo $?
docker run --rm --label '' alpine true; echo $?
docker run --rm --label =x alpine true; echo $?
docker run --rm --add-host nosuch alpine true; echo $?
docker run --rm --add-host a:b alpine true; echo $?
docker run --rm --dns nosuch alpine true; echo $?
docker run --rm --expose x alpine true; echo $?
docker run --rm --device /nosuch alpine true; echo $?
docker run --rm --mac-address x alpine true; echo $?
docker run --rm --link nosuch alpine true; echo $?
docker run --rm --mount x alpine true; echo $?
docker run --rm --mount type=bind alpine true; echo $?
docker run --rm --tmpfs relative alpine true; echo $?
docker run --rm --ulimit x alpine true; echo $?
docker run --rm --ulimit nosuch=1 alpine true; echo $?
docker run --rm --runtime nosuch alpine true; echo $?
docker run --rm --cgroup-parent x --isolation nosuch alpine true; echo $?
docker run --rm --gpus x alpine true; echo $?
docker run --rm --platform nosuch alpine true; echo $?
docker run --rm --pull nosuch alpine true; echo $?
docker run --rm --pull never nosuch true; echo $?

### flags after the image belong to the command
docker run --rm alpine echo --rm -d
docker run --rm alpine --rm; echo $?
docker run --rm alpine -- echo x; echo $?

### exec that is not right
docker run -d --name web alpine sleep 100 > /dev/null
docker exec web; echo $?
docker exec --nosuch web true; echo $?
docker exec -u nosuch web true; echo $?
docker exec -w /nosuch web true; echo $?
docker exec -w relative web true; echo $?
docker exec -e '' web true; echo $?
docker exec web ''; echo $?
docker exec web /etc/passwd; echo $?
docker exec web /tmp; echo $?

### names of containers that are cut
id=$(docker run -d --name web alpine sleep 100)
docker inspect -f '{{.Name}}' "${id:0:4}"
docker inspect -f '{{.Name}}' /web
docker inspect -f '{{.Name}}' we; echo $?
docker logs ''; echo $?
docker rm -f ''; echo $?
docker kill /web

### update that is not right
docker run -d --name web alpine sleep 100 > /dev/null
docker update web; echo $?
docker update --nosuch web; echo $?
docker update --restart on-failure:x web; echo $?
docker update --cpus x web; echo $?
docker update --restart always nosuch; echo $?

### networks and volumes that are not right
docker network; echo $?
docker network nosuch; echo $?
docker network create; echo $?
docker network create 'not good'; echo $?
docker network create ''; echo $?
docker network inspect nosuch; echo $?
docker network inspect; echo $?
docker network connect bridge; echo $?
docker network disconnect nosuch nosuch; echo $?
docker volume; echo $?
docker volume inspect; echo $?
docker volume rm; echo $?
docker volume rm no1 no2; echo $?

### groups and words that docker does not know
docker container nosuch; echo $?
docker image nosuch; echo $?
docker system; echo $?
docker compose version; echo $?
docker buildx ls; echo $?
docker swarm leave; echo $?
docker node ls; echo $?
docker service ls; echo $?
