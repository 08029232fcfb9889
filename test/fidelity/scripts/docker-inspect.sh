# docker inspect: whole documents, templates, types, what is not there.

### state of a container that runs
docker run -d --name web alpine sleep 100 > /dev/null
docker inspect web --format '{{json .State}}' | jq 'del(.Pid)'

### state of a container that has ended
docker run --name web alpine sh -c 'exit 3'
docker inspect web --format '{{json .State}}' | jq .

### the keys of the document
docker run -d --name web alpine sleep 100 > /dev/null
docker inspect web | jq -r '.[0] | keys_unsorted[]'
docker inspect web | jq -r '.[0].HostConfig | keys_unsorted[]'
docker inspect web | jq -r '.[0].Config | keys_unsorted[]'

### configuration
docker run -d --name web -e A=1 -w /tmp -u 1000 --hostname h alpine sleep 100 > /dev/null
docker inspect web | jq '.[0].Config'

### host configuration
docker run -d --name web -p 8080:80 -v data:/data --restart unless-stopped alpine sleep 100 > /dev/null
docker inspect web | jq '.[0].HostConfig'

### network settings
docker run -d --name web -p 8080:80 alpine sleep 100 > /dev/null
docker inspect web | jq '.[0].NetworkSettings | del(.SandboxKey)'

### mounts
mkdir here
docker run -d --name web -v "$PWD/here:/here:ro" -v named:/named -v /anonymous --tmpfs /scratch alpine sleep 100 > /dev/null
docker inspect web | jq '[.[0].Mounts[] | del(.Source) | if .Name != "named" then del(.Name) else . end] | sort_by(.Destination)'

### templates
docker run -d --name web -p 8080:80 -e A=1 alpine sleep 100 > /dev/null
docker inspect -f '{{.Name}} {{.Path}} {{.Args}} {{index .Config.Env 0}}' web
docker inspect -f '{{range .Config.Env}}[{{.}}] {{end}}' web
docker inspect -f '{{range $k, $v := .NetworkSettings.Ports}}{{$k}} {{(index $v 0).HostPort}}{{end}}' web
docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{.Gateway}}{{end}}' web
docker inspect -f '{{with .State}}{{.Status}}{{end}}' web
docker inspect -f '{{if .State.Running}}yes{{else}}no{{end}}' web
docker inspect -f '{{len .Args}} {{printf "%q" .Path}} {{join .Args ","}} {{title "ab"}} {{lower "AB"}}' web
docker inspect -f '{{json .Config.Cmd}} {{println "x"}}' web
docker inspect -f '{{slice .Path 1 3}} {{eq .Path "sleep"}} {{not true}} {{and 1 0}} {{or "" "x"}}' web
docker inspect -f '{{.HostConfig.NetworkMode}} {{.HostConfig.IpcMode}} {{.HostConfig.PidMode}}|' web

### templates that are not right
docker run -d --name web alpine sleep 100 > /dev/null
docker inspect -f '{{.Nosuch}}' web; echo $?
docker inspect -f '{{.State.Nosuch}}' web; echo $?
docker inspect -f '{{' web; echo $?
docker inspect -f '{{index .Args 7}}' web; echo $?
docker inspect -f '{{.Name.Nosuch}}' web; echo $?
docker inspect -f '{{nosuch}}' web; echo $?

### several at once
docker run -d --name a1 alpine sleep 100 > /dev/null
docker run -d --name a2 alpine sleep 100 > /dev/null
docker inspect -f '{{.Name}}' a1 a2
docker inspect -f '{{.Name}}' a1 nosuch a2; echo $?
docker inspect nosuch; echo $?
docker container inspect nosuch; echo $?

### by type
docker inspect --type image -f '{{.Os}}' alpine
docker inspect --type network -f '{{.Name}} {{.Driver}} {{.Scope}}' bridge
docker inspect --type container alpine; echo $?
docker inspect --type nosuch alpine; echo $?
docker inspect -f '{{.Os}}' alpine

### size
docker run --name web alpine sh -c 'echo 12345 > /file'
docker inspect -s -f '{{.SizeRw}}' web

### the driver and the platform
docker run -d --name web alpine sleep 100 > /dev/null
docker inspect -f '{{.Platform}} {{.AppArmorProfile}}| {{.RestartCount}} {{.MountLabel}}| {{.ProcessLabel}}|' web
