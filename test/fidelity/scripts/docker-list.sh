# docker ps and docker images: columns, filters, formats.

### an empty list
docker ps
docker ps -a
docker ps -q
docker container ls
docker container list

### one that runs and one that has ended
docker run -d --name runs alpine sleep 100 > /dev/null
docker run --name ended alpine sh -c 'exit 3'
docker ps
docker ps -a

### the last one and the newest n
docker create --name n1 alpine true > /dev/null
docker create --name n2 alpine true > /dev/null
docker create --name n3 alpine true > /dev/null
docker ps -l --format '{{.Names}}'
docker ps -n 2 --format '{{.Names}}'
docker ps --last 0 --format '{{.Names}}'
docker ps -n x; echo $?

### quiet and whole
id=$(docker run -d alpine sleep 100)
[ "$(docker ps -q --no-trunc)" = "$id" ] && echo whole
[ "$(docker ps -q)" = "${id:0:12}" ] && echo short

### commands are cut, or not
docker run -d --name long alpine sh -c 'sleep 100; echo a long command that does not fit' > /dev/null
docker ps --format '{{.Command}}'
docker ps --no-trunc --format '{{.Command}}'

### commands with quotes
docker create --name qq alpine echo 'a "b"' "c d" "it's" '' > /dev/null
docker ps -a --no-trunc --format '{{.Command}}'

### filters by name
docker create --name web1 alpine true > /dev/null
docker create --name web2 alpine true > /dev/null
docker create --name db alpine true > /dev/null
docker ps -a --filter name=web --format '{{.Names}}' | sort
docker ps -a --filter name=^web1$ --format '{{.Names}}'
docker ps -a --filter name=web1 --filter name=db --format '{{.Names}}' | sort
docker ps -a -f name=nosuch --format '{{.Names}}'

### filters by status
docker create --name new alpine true > /dev/null
docker run --name ended alpine true
docker run -d --name runs alpine sleep 100 > /dev/null
for s in created exited running paused dead restarting removing; do
  echo "$s: $(docker ps --filter status=$s --format '{{.Names}}')"
done
docker ps --filter status=nosuch; echo $?

### filters by exit code and label and ancestor
docker run --name e0 --label kind=good alpine true
docker run --name e3 --label kind=bad alpine sh -c 'exit 3'
docker ps -a --filter exited=3 --format '{{.Names}}'
docker ps -a --filter exited=0 --format '{{.Names}}'
docker ps -a --filter label=kind --format '{{.Names}}' | sort
docker ps -a --filter label=kind=bad --format '{{.Names}}'
docker ps -a --filter ancestor=alpine --format '{{.Names}}' | sort
docker ps -a --filter ancestor=nosuch --format '{{.Names}}'
docker ps --filter exited=x; echo $?

### filters by order
docker create --name f1 alpine true > /dev/null
docker create --name f2 alpine true > /dev/null
docker create --name f3 alpine true > /dev/null
docker ps -a --filter before=f3 --format '{{.Names}}'
docker ps -a --filter since=f1 --format '{{.Names}}'
docker ps -a --filter since=nosuch; echo $?

### filters by network and volume and port
docker network create n1 > /dev/null
docker run -d --name in1 --network n1 alpine sleep 100 > /dev/null
docker run -d --name vol -v data:/data -p 8080:80 alpine sleep 100 > /dev/null
docker ps --filter network=n1 --format '{{.Names}}'
docker ps --filter network=bridge --format '{{.Names}}'
docker ps --filter volume=data --format '{{.Names}}'
docker ps --filter publish=8080 --format '{{.Names}}'
docker ps --filter expose=80 --format '{{.Names}}'

### filters that are not right
docker ps --filter nosuch=1; echo $?
docker ps --filter name; echo $?
docker ps --filter; echo $?

### templates
docker run -d --name tt --label a=1 -p 80 alpine sleep 100 > /dev/null
docker ps --format 'table {{.Names}}\t{{.Image}}\t{{.State}}'
docker ps --format '{{.Names | upper}} {{.Image | len}} {{printf "%-10s|" .State}}'
docker ps --format '{{if eq .State "running"}}up{{else}}down{{end}}'
docker ps --format '{{.Mounts}}{{.Networks}} {{.LocalVolumes}}'
docker ps --format '{{json .Names}} {{json .Labels}}'
docker ps --format '{{.Names}} {{.RunningFor}}' | sed 's/ .*/ x/'

### templates that are not right
docker run -d --name tt alpine sleep 100 > /dev/null
docker ps --format '{{.Nosuch}}'; echo $?
docker ps --format '{{.Names'; echo $?
docker ps --format '{{nosuch .Names}}'; echo $?
docker ps --format '{{.Names}} {{end}}'; echo $?
docker ps --format ''
docker ps --format 'plain'

### json
docker run -d --name tt alpine sleep 100 > /dev/null
docker ps --format '{{json .}}' | jq -r 'keys[]'
docker ps --format json | head -c 1

### size
docker run --name ss alpine sh -c 'echo 12345 > /file'
docker ps -a -s --format '{{.Names}} {{.Size}}'
docker ps -a -s | head -1 | tr -s ' '

### images
docker images | head -1 | tr -s ' '
docker images --format '{{.Repository}}:{{.Tag}}'
docker images -q | wc -l
docker image ls alpine --format '{{.Repository}} {{.Tag}}'
docker images nosuch
docker images alpine:nosuch --format '{{.Repository}}'
docker images 'al*' --format '{{.Repository}}'

### images by filter
docker tag alpine other:1
docker tag alpine other:2
docker images --filter reference='other:*' --format '{{.Tag}}' | sort
docker images --filter dangling=true -q
docker images --filter nosuch=1; echo $?
docker images --filter label=x -q

### tags
docker tag alpine my/app:v1; echo $?
docker tag alpine My/App; echo $?
docker tag nosuch my/app; echo $?
docker tag alpine 'my app'; echo $?
docker images my/app --format '{{.Repository}}:{{.Tag}}'
docker rmi my/app:v1

### an image that is in use cannot be removed
docker run -d --name uu alpine sleep 100 > /dev/null
docker rmi alpine 2>&1 | sed 's/[0-9a-f]\{12\}/ID/g'
docker rmi nosuch; echo $?
docker rmi nosuch other/nosuch; echo $?

### history
docker history alpine --format '{{.CreatedBy}}|{{.Size}}|{{.Comment}}'
docker history nosuch; echo $?
docker history -q alpine | wc -l

### image inspect
docker image inspect -f '{{.Os}}/{{.Architecture}} {{json .Config.Cmd}} {{json .Config.Entrypoint}} {{.Config.User}}' alpine registry.k8s.io/pause:3.9
docker image inspect -f '{{json .RepoTags}} {{len .RootFS.Layers}} {{.RootFS.Type}}' alpine
docker image inspect nosuch; echo $?
