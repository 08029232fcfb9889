// The images of nginx: the official ones' files, entry point and configuration, in as many versions as lessons roll out.
import type { ImageDefinition } from './docker/engine.ts'
import { binaryOf } from './host-files.ts'
import type { MemoryDirectory } from './kernel/memory-file-system.ts'
import type { Main } from './kernel/system.ts'
import { nginxMain } from './programs/nginx.ts'

interface Release {
  readonly names: readonly string[]
  readonly id: string
  readonly version: string
  readonly builtBy: string
  readonly base: 'alpine' | 'debian'
  readonly sizeBytes: number
  /** Days before the machine's boot. */
  readonly age: number
}

/** Those before 1.19 have no entry point, log warnings only, and are stopped by SIGTERM. */
const isOld = ({ version }: Release): boolean => Number(version.split('.')[1]) < 19

const releases: readonly Release[] = [
  {
    names: ['nginx:latest', 'nginx:1.29', 'nginx:1.29.3', 'nginx:mainline'],
    id: '60adc2e137e757418d4d771822fa3b3f5d3b4ad58ef2385d200c9ee78375b6d5',
    version: '1.29.3',
    builtBy: 'gcc 14.2.0 (Debian 14.2.0-19) ',
    base: 'debian',
    sizeBytes: 152_000_000,
    age: 5,
  },
  {
    names: ['nginx:alpine', 'nginx:1.29-alpine', 'nginx:1.29.3-alpine'],
    id: 'd4918ca78576a537caa7b0c043051c8efc1796de33fee8724ee0fff4a1cabed9',
    version: '1.29.3',
    builtBy: 'gcc 14.2.0 (Alpine 14.2.0) ',
    base: 'alpine',
    sizeBytes: 52_800_000,
    age: 20,
  },
  {
    names: ['nginx:1.16.1', 'nginx:1.16'],
    id: 'dfcfd8e9a5d38fb82bc8f9c299beada2df40232b7dcec7c66b5e95f1f24e5c8b',
    version: '1.16.1',
    builtBy: 'gcc 8.3.0 (Debian 8.3.0-6) ',
    base: 'debian',
    sizeBytes: 127_000_000,
    age: 2400,
  },
  {
    names: ['nginx:1.14.2', 'nginx:1.14'],
    id: '295c7be079025306c4f1d65997fcf7adb411c88f139ad1d34b537164aa060369',
    version: '1.14.2',
    builtBy: 'gcc 6.3.0 20170516 (Debian 6.3.0-18+deb9u1) ',
    base: 'debian',
    sizeBytes: 109_000_000,
    age: 2800,
  },
]

/** Says what it does as the official entry point does, and then becomes the command. */
const entrypoint = `#!/bin/sh
set -e
say() {
    [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$@"
}
case "$1" in
nginx | nginx-debug)
    set -- "" "$@"
    if [ -n "$(ls -A /docker-entrypoint.d 2>/dev/null)" ]; then
        say "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"
        say "$0: Looking for shell scripts in /docker-entrypoint.d/"
        for file in /docker-entrypoint.d/*; do
            if [ ! -x "$file" ]; then
                case "$file" in
                *.sh | *.envsh) say "$0: Ignoring $file, not executable" ;;
                *) say "$0: Ignoring $file" ;;
                esac
                continue
            fi
            case "$file" in
            *.envsh)
                say "$0: Sourcing $file"
                . "$file"
                ;;
            *.sh)
                say "$0: Launching $file"
                "$file"
                ;;
            *) say "$0: Ignoring $file" ;;
            esac
        done
        say "$0: Configuration complete; ready for start up"
    else
        say "$0: No files found in /docker-entrypoint.d/, skipping configuration"
    fi
    shift
    ;;
esac
exec "$@"
`

const listenScript = `#!/bin/sh
set -e
me=$(basename "$0")
file=/etc/nginx/conf.d/default.conf
say() {
    [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$me: info: $*"
}
if [ ! -f /proc/net/if_inet6 ]; then
    say "ipv6 not available"
elif [ ! -f "$file" ]; then
    say "/etc/nginx/conf.d/default.conf is not a file or does not exist"
elif ! touch "$file" 2>/dev/null; then
    say "can not modify /etc/nginx/conf.d/default.conf (read-only file system?)"
elif grep -q 'listen  \\[::\\]:80;' "$file"; then
    say "IPv6 listen already enabled"
else
    say "Getting the checksum of /etc/nginx/conf.d/default.conf"
    if [ "$(cat "$file")" != "$(cat /usr/lib/nginx/default.conf)" ]; then
        say "/etc/nginx/conf.d/default.conf differs from the packaged version"
    else
        sed -i 's,listen       80;,listen       80;\\n    listen  [::]:80;,' "$file"
        say "Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf"
    fi
fi
`

const quietScript = '#!/bin/sh\nexit 0\n'

const mainConfig = (release: Release): string => `
user  nginx;
worker_processes  ${isOld(release) ? '1' : 'auto'};

error_log  /var/log/nginx/error.log ${isOld(release) ? 'warn' : 'notice'};
pid        ${isOld(release) ? '/var/run/nginx.pid' : '/run/nginx.pid'};


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`

const serverConfig = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`

const mimeTypes = `
types {
    text/html                                        html htm shtml;
    text/css                                         css;
    text/xml                                         xml;
    image/gif                                        gif;
    image/jpeg                                       jpeg jpg;
    application/javascript                           js;
    text/plain                                       txt;
    image/png                                        png;
    image/svg+xml                                    svg svgz;
    image/webp                                       webp;
    image/x-icon                                     ico;
    application/json                                 json;
    application/pdf                                  pdf;
    application/zip                                  zip;
    application/octet-stream                         bin exe dll;
}
`

const welcome = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

const failurePage = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
</head>
<body>
<h1>An error occurred.</h1>
<p>Sorry, the page you are looking for is currently unavailable.<br/>
Please try again later.</p>
</body>
</html>
`

function addNginx(root: MemoryDirectory, release: Release, main: Main): void {
  root.addFile('usr/sbin/nginx', { content: binaryOf('nginx'), executable: main, mode: 0o755 })
  for (const name of [
    'etc/nginx/conf.d',
    'usr/share/nginx/html',
    'usr/lib/nginx',
    'var/cache/nginx',
    'var/log/nginx',
  ]) {
    root.addDirectory(name)
  }
  root.addFile('etc/nginx/nginx.conf', mainConfig(release))
  root.addFile('etc/nginx/mime.types', mimeTypes)
  root.addFile('etc/nginx/conf.d/default.conf', serverConfig)
  root.addFile('usr/share/nginx/html/index.html', welcome)
  root.addFile('usr/share/nginx/html/50x.html', failurePage)
  root.addSymlink('var/log/nginx/access.log', '/dev/stdout')
  root.addSymlink('var/log/nginx/error.log', '/dev/stderr')
  if (isOld(release)) return
  // What the script of the entry point compares with, where a package's checksums stand in the official image.
  root.addFile('usr/lib/nginx/default.conf', serverConfig)
  root.addFile('docker-entrypoint.sh', { content: entrypoint, mode: 0o755 })
  root.addDirectory('docker-entrypoint.d')
  root.addFile('docker-entrypoint.d/10-listen-on-ipv6-by-default.sh', { content: listenScript, mode: 0o755 })
  root.addFile('docker-entrypoint.d/15-local-resolvers.envsh', {
    content: quietScript.replace('exit 0', ':'),
    mode: 0o755,
  })
  root.addFile('docker-entrypoint.d/20-envsubst-on-templates.sh', { content: quietScript, mode: 0o755 })
  root.addFile('docker-entrypoint.d/30-tune-worker-processes.sh', { content: quietScript, mode: 0o755 })
}

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * Waiting in the registry.
 * @param bases fill the root with a distribution, to which a user `nginx` with this id has been added
 */
export function nginxImages(
  bases: Readonly<Record<Release['base'], (root: MemoryDirectory, user: 'nginx') => void>>,
  bootTime: number,
): readonly ImageDefinition[] {
  return releases.map((release) => ({
    names: release.names,
    id: release.id,
    created: bootTime - release.age * 86_400_000_000,
    sizeBytes: release.sizeBytes,
    config: {
      Cmd: ['nginx', '-g', 'daemon off;'],
      ...(isOld(release) ? {} : { Entrypoint: ['/docker-entrypoint.sh'] }),
      Env: [path, `NGINX_VERSION=${release.version}`],
      ExposedPorts: { '80/tcp': {} },
      Labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' },
      StopSignal: isOld(release) ? 'SIGTERM' : 'SIGQUIT',
    },
    rootTree: (root) => {
      bases[release.base](root, 'nginx')
      addNginx(root, release, nginxMain(release))
    },
    place: 'registry',
  }))
}
