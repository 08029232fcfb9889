# Networks and volumes: create, list, connect, names, addresses, who can reach whom.

### the networks that are there
docker network ls --format '{{.Name}} {{.Driver}} {{.Scope}}'
docker network ls | sed 's/^[0-9a-f]\{12\}/ID/' | head -1
docker network ls -q | wc -l
docker network ls --filter driver=bridge --format '{{.Name}}'
docker network ls --filter name=ho --format '{{.Name}}'
docker network ls --filter nosuch=1; echo $?

### make and remove one
docker network create n1 | wc -c
docker network create n1; echo $?
docker network inspect n1 -f '{{.Name}} {{.Driver}} {{.Internal}} {{.Attachable}} {{json .Options}}'
docker network rm n1; echo $?
docker network rm n1; echo $?
docker network rm bridge; echo $?

### a subnet of one's own
docker network create --subnet 10.9.0.0/24 --gateway 10.9.0.1 --label a=1 n1 > /dev/null
docker network inspect -f '{{json .IPAM.Config}} {{json .Labels}}' n1
docker run --rm --network n1 --ip 10.9.0.9 alpine ip -4 -o addr show eth0 | awk '{print $4}'
docker run --rm --network n1 --ip 10.8.0.9 alpine true; echo $?
docker run --rm --ip 172.17.0.9 alpine true; echo $?
docker network create --subnet 10.9.0.0/24 n2; echo $?
docker network create --subnet nosuch n2; echo $?

### names are resolved on a network of one's own
docker network create n1 > /dev/null
docker run -d --name web --network n1 alpine sleep 100 > /dev/null
docker run --rm --network n1 alpine ping -c 1 -W 2 web | grep -c '1 packets received'
docker run --rm --network n1 alpine cat /etc/resolv.conf | grep nameserver

### aliases
docker network create n1 > /dev/null
docker run -d --name web --network n1 --network-alias www alpine sleep 100 > /dev/null
docker run --rm --network n1 alpine ping -c 1 -W 2 www | grep -c '1 packets received'

### connect and disconnect
docker network create n1 > /dev/null
docker run -d --name web alpine sleep 100 > /dev/null
docker network connect n1 web; echo $?
docker inspect -f '{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{end}}' web
docker exec web ip -o link | awk -F '[ @:]+' '{print $2}'
docker network connect n1 web 2>&1 | sed 's/[0-9a-f]\{64\}/ID/'
docker network disconnect bridge web; echo $?
docker exec web ip -o link | awk -F '[ @:]+' '{print $2}'
docker network disconnect n1 nosuch; echo $?
docker network connect nosuch web; echo $?
docker network rm n1 2>&1 | sed 's/[0-9a-f]\{64\}/ID/g'

### containers of a network
docker network create n1 > /dev/null
docker run -d --name web --network n1 alpine sleep 100 > /dev/null
docker network inspect -f '{{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}' n1

### the first addresses
docker run -d --name a1 alpine sleep 100 > /dev/null
docker run -d --name a2 alpine sleep 100 > /dev/null
docker inspect -f '{{.NetworkSettings.IPAddress}}' a1 a2
docker rm -f a1 > /dev/null
docker run -d --name a3 alpine sleep 100 > /dev/null
docker inspect -f '{{.NetworkSettings.IPAddress}}' a3

### what a container sees of its network
docker run --rm alpine ip addr show lo
docker run --rm alpine ip route
docker run --rm alpine sh -c 'ip -4 addr show eth0 | tail -n +2'
docker run --rm alpine cat /proc/net/route | wc -l

### no network
docker run --rm --network none alpine ip -o link | awk -F '[ @:]+' '{print $2}'
docker run --rm --network none alpine ping -c 1 127.0.0.1 | tail -2 | head -1
docker run --rm --network none alpine ping -c 1 10.0.0.1; echo $?

### the host's network
docker run --rm --network host alpine hostname
docker run --rm --network host alpine readlink /proc/self/ns/net | cmp - <(readlink /proc/self/ns/net) && echo same
docker run --rm --network host -p 80:80 alpine true; echo $?

### another container's network
docker run -d --name web alpine sleep 100 > /dev/null
docker run --rm --network container:web alpine hostname | cmp - <(docker exec web hostname) && echo same name
docker run --rm --network container:nosuch alpine true; echo $?
docker run --rm --network container:web -p 80:80 alpine true; echo $?
docker run --rm --network container:web --hostname x alpine true; echo $?
docker run --rm --network container: alpine true; echo $?

### a network that is not there
docker run --rm --network nosuch alpine true; echo $?

### talk over the bridge
docker run -d --name server alpine sh -c 'while :; do echo hello | nc -l -p 5000; done' > /dev/null
ip=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' server)
until docker exec server netstat -tln | grep -q :5000; do sleep 0.1; done
docker run --rm alpine nc "$ip" 5000 < /dev/null

### a web server behind a port
mkdir www && echo '<p>hello</p>' > www/index.html
docker run -d --name web -p 8080:80 -v "$PWD/www:/www" alpine httpd -f -p 80 -h /www > /dev/null
until curl -s 127.0.0.1:8080 > /dev/null; do sleep 0.1; done
curl -s 127.0.0.1:8080
curl -s -o /dev/null -w '%{http_code}\n' 127.0.0.1:8080/nosuch
docker exec web wget -q -O - 127.0.0.1
docker exec web wget -q -O - 127.0.0.1:81; echo $?

### two containers of one network namespace share its ports
docker run -d --name pp registry.k8s.io/pause:3.9 > /dev/null
docker run -d --name web --network container:pp alpine httpd -f -p 80 > /dev/null
until docker exec web netstat -tln | grep -q :80; do sleep 0.1; done
docker run --rm --network container:pp alpine httpd -f -p 80; echo $?
docker run --rm --network container:pp alpine wget -q -O - 127.0.0.1/nosuch; echo $?

### volumes
docker volume ls
docker volume create data
docker volume create data
docker volume create | wc -c
docker volume ls --filter name=data
docker volume ls -q --filter dangling=true | wc -l
docker volume inspect data | jq '.[0] | del(.CreatedAt) | del(.Mountpoint)'
docker volume inspect nosuch; echo $?
docker volume rm data
docker volume rm data; echo $?
docker volume create 'not good'; echo $?

### a volume outlives its container
docker run --rm -v data:/data alpine sh -c 'echo kept > /data/file'
docker run --rm -v data:/data alpine cat /data/file
docker run -d --name user -v data:/data alpine sleep 100 > /dev/null
docker volume rm data 2>&1 | sed 's/[0-9a-f]\{64\}/ID/'
docker rm -f user > /dev/null
docker volume rm data

### volumes from another container
docker run -d --name one -v data:/data alpine sh -c 'echo shared > /data/file; sleep 100' > /dev/null
docker exec one true
docker run --rm --volumes-from one alpine cat /data/file
docker run --rm --volumes-from nosuch alpine true; echo $?

### prune
docker network create unused > /dev/null
docker volume create unused > /dev/null
docker network prune -f
docker volume prune -f | sed 's/[0-9.]*k\?B$/SIZE/'
docker image prune -f
