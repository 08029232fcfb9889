# docker itself: version, info, events, system, build, save, load, import, help.

### version
docker version --format '{{.Server.Os}} {{.Client.Os}} {{.Server.Experimental}}'
docker version --format '{{.Client.APIVersion}} {{.Server.APIVersion}} {{.Server.MinAPIVersion}}'
docker --version | cut -d , -f 1
docker -v | cut -d ' ' -f 1-2
docker version | grep -E '^[A-Z]'
docker version --format '{{.Nosuch}}'; echo $?

### info
docker run -d --name web alpine sleep 100 > /dev/null
docker create --name new alpine true > /dev/null
docker info --format '{{.Containers}} {{.ContainersRunning}} {{.ContainersPaused}} {{.ContainersStopped}} {{.Images}}'
docker info --format '{{.Driver}} {{.OSType}} {{.Name}} {{.DefaultRuntime}} {{.LoggingDriver}} {{.CgroupDriver}} {{.CgroupVersion}}'
docker info --format '{{.Nosuch}}'; echo $?

### disk use
docker run -d --name web alpine sleep 100 > /dev/null
docker system df | head -1
docker system df --format '{{.Type}} {{.TotalCount}} {{.Active}}'

### events of a container's life
since=$(date +%s.%N)
docker run --name web alpine true
docker rm web > /dev/null
docker events --since "$since" --until "$(date +%s.%N)" --format '{{.Type}} {{.Action}}'

### events by filter
since=$(date +%s.%N)
docker run -d --name web --label a=1 alpine sleep 100 > /dev/null
docker pause web > /dev/null; docker unpause web > /dev/null
docker kill web > /dev/null
docker wait web > /dev/null
docker events --since "$since" --until "$(date +%s.%N)" --filter type=container --filter event=pause --filter event=kill --format '{{.Action}} {{.Actor.Attributes.name}} {{.Actor.Attributes.signal}}'
docker events --since "$since" --until "$(date +%s.%N)" --filter container=nosuch

### a Dockerfile
cat > Dockerfile <<'END'
FROM alpine
ENV GREETING=hello
WORKDIR /app
COPY file .
RUN echo built > built
CMD ["sh", "-c", "echo $GREETING; cat file built"]
END
echo copied > file
docker build -q -t app . 2> /dev/null | cut -d : -f 1
docker run --rm app
docker image inspect -f '{{.Config.WorkingDir}} {{json .Config.Cmd}} {{json .Config.Env}}' app

### a Dockerfile with entrypoint and user
cat > Dockerfile <<'END'
FROM alpine
USER 1000:2000
ENTRYPOINT ["id"]
CMD ["-u"]
END
docker build -q -t app . > /dev/null 2>&1; echo $?
docker run --rm app
docker run --rm app -g

### builds that fail
docker build . 2>&1 | tail -1; echo "${PIPESTATUS[0]}"
printf 'FROM alpine\nNOSUCH x\n' > Dockerfile
docker build . > /dev/null 2>&1; echo $?
printf 'FROM alpine\nRUN exit 3\n' > Dockerfile
docker build . > /dev/null 2>&1; echo $?
printf 'FROM alpine\nCOPY nosuch /\n' > Dockerfile
docker build . > /dev/null 2>&1; echo $?
docker build nosuch; echo $?
docker build; echo $?

### save and load
docker tag alpine saved:1
docker save saved:1 -o saved.tar; echo $?
docker rmi saved:1
docker load -i saved.tar
docker images saved --format '{{.Tag}}'
docker save nosuch -o x.tar; echo $?
docker load -i nosuch.tar; echo $?

### import a root file system
docker create --name cc alpine true > /dev/null
docker export cc | docker import -c 'CMD ["echo", "imported"]' - imported:1 | cut -d : -f 1
docker run --rm imported:1
docker import nosuch.tar; echo $?

### commands in groups
docker container run --rm alpine echo run
docker image ls -q | wc -l
docker container ls -aq
docker system nosuch; echo $?
docker container 2>&1 | head -3

### help
docker ps --help | head -5
docker network --help | sed -n '/Commands/,$p'
docker help pause
docker rm --help
docker kill --help
docker wait --help
docker rename --help
docker top --help
docker port --help
docker diff --help

### global flags
docker --nosuch ps; echo $?
docker -H unix:///nosuch.sock ps; echo $?
docker --context nosuch ps; echo $?
docker --log-level nosuch ps; echo $?

### contexts
docker context ls --format '{{.Name}}'
docker context show 2>&1 | head -1
