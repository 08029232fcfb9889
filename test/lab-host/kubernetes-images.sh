#!/bin/bash
# kubernetes-images.sh: gives the node's engine the images that manifests name, so that it can pull them too: a registry of
# the node's own stands in for docker.io. Runs in the node's network namespace.
set -eu
. "$(dirname "$0")/kubernetes-settings.sh"

nginx() {
  local work library
  work=$(mktemp -d)
  mkdir -p "$work"/{etc/nginx,usr/sbin,usr/share/nginx/html,var/log/nginx,var/lib/nginx,run}
  cp /usr/sbin/nginx "$work/usr/sbin/"
  for library in $(ldd /usr/sbin/nginx | grep -oE '/[^ ]+'); do install -D "$library" "$work$library"; done
  cat > "$work/etc/nginx/nginx.conf" << 'CONF'
user nobody nobody;
worker_processes auto;
error_log /dev/stderr notice;
pid /run/nginx.pid;
events { worker_connections 1024; }
http {
  access_log /dev/stdout;
  server { listen 80; root /usr/share/nginx/html; }
}
CONF
  echo 'Welcome to nginx!' > "$work/usr/share/nginx/html/index.html"
  cat > "$work/Dockerfile" << 'FILE'
FROM alpine
COPY . /
EXPOSE 80
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]
FILE
  # The builder of 20.10 itself; newer commands say on standard error that it is old.
  DOCKER_BUILDKIT=0 docker build --quiet --tag nginx:latest "$work" > /dev/null 2> "$state/nginx.log" || { cat "$state/nginx.log" >&2; exit 1; }
  rm -rf "$work"
}

docker image inspect nginx:latest > /dev/null 2>&1 || nginx
docker tag alpine:latest busybox:latest
for image in alpine busybox nginx; do
  docker tag "$image:latest" "127.0.0.1:5000/library/$image:latest"
  docker push --quiet "127.0.0.1:5000/library/$image:latest" > /dev/null
  docker rmi "$image:latest" "127.0.0.1:5000/library/$image:latest" > /dev/null
done
# Pulled, an image has the digest that a pod shows.
for image in alpine busybox nginx; do docker pull --quiet "$image:latest" > /dev/null; done
