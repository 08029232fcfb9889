// nginx in containers: what its master and workers print, serve, and do on signals.
import { expect, test } from 'vitest'
import { createSimulatedBackend } from '../../../src/sim/backend.ts'

/** Runs a script on a machine of its own; times are cut out of what it prints. */
async function run(script: string): Promise<string> {
  const backend = createSimulatedBackend()
  const shell = await backend.open({})
  let printed = ''
  const decoder = new TextDecoder()
  const collect = (chunk: Uint8Array): void => {
    printed += decoder.decode(chunk)
  }
  await shell.run(script, { stdout: collect, stderr: collect })
  await backend.dispose()
  return printed.replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /g, '').replace(/\[\d\d\/\w+\/[\d:]+ \+0000\]/g, '[TIME]')
}

const start = 'docker run -d --name web nginx:alpine > /dev/null 2>&1; sleep 1; '
const address = 'ip=$(docker inspect -f "{{.NetworkSettings.Networks.bridge.IPAddress}}" web); '

test('the entry point and the master tell what they do, and a worker is started for each processor', async () => {
  expect(
    await run(`${start} docker logs web; docker exec web ps`),
  ).toBe(`/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration
/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/
/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh
10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf
10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf
/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh
/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh
/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh
/docker-entrypoint.sh: Configuration complete; ready for start up
[notice] 1#1: using the "epoll" event method
[notice] 1#1: nginx/1.29.3
[notice] 1#1: built by gcc 14.2.0 (Alpine 14.2.0) 
[notice] 1#1: OS: Linux 6.18.0
[notice] 1#1: getrlimit(RLIMIT_NOFILE): 1048576:1048576
[notice] 1#1: start worker processes
[notice] 1#1: start worker process 16
[notice] 1#1: start worker process 17
PID   USER     TIME  COMMAND
    1 root      0:00 nginx: master process nginx -g daemon off;
   16 nginx     0:00 nginx: worker process
   17 nginx     0:00 nginx: worker process
   18 root      0:00 ps
`)
})

test('a file is served, a missing one is an error in the log', async () => {
  const script = `${start}${address} curl -s http://$ip/ | head -4; curl -s http://$ip/nosuch; docker logs web 2>&1 | tail -3`
  expect(await run(script)).toBe(`<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<html>\r
<head><title>404 Not Found</title></head>\r
<body>\r
<center><h1>404 Not Found</h1></center>\r
<hr><center>nginx/1.29.3</center>\r
</body>\r
</html>\r
172.17.0.1 - - [TIME] "GET / HTTP/1.1" 200 615 "-" "curl/8.14.1" "-"
[error] 17#17: *2 open() "/usr/share/nginx/html/nosuch" failed (2: No such file or directory), client: 172.17.0.1, server: localhost, request: "GET /nosuch HTTP/1.1", host: "172.17.0.2"
172.17.0.1 - - [TIME] "GET /nosuch HTTP/1.1" 404 153 "-" "curl/8.14.1" "-"
`)
})

test('docker stop is a graceful end', async () => {
  expect(
    await run(
      `${start} docker stop web; docker logs web 2>&1 | tail -n +18; docker inspect -f '{{.State.ExitCode}}' web`,
    ),
  ).toBe(`web
[notice] 1#1: signal 3 (SIGQUIT) received, shutting down
[notice] 16#16: gracefully shutting down
[notice] 16#16: exiting
[notice] 16#16: exit
[notice] 17#17: gracefully shutting down
[notice] 17#17: exiting
[notice] 17#17: exit
[notice] 1#1: signal 29 (SIGIO) received
[notice] 1#1: signal 17 (SIGCHLD) received from 16
[notice] 1#1: worker process 16 exited with code 0
[notice] 1#1: worker process 17 exited with code 0
[notice] 1#1: exit
0
`)
})

test('a worker that is killed gets a successor', async () => {
  const script = `${start} docker exec web kill -9 16; sleep 1; docker logs web 2>&1 | tail -n +18`
  expect(await run(script)).toBe(`[notice] 1#1: signal 29 (SIGIO) received
[notice] 1#1: signal 17 (SIGCHLD) received from 16
[alert] 1#1: worker process 16 exited on signal 9
[notice] 1#1: start worker process 19
`)
})

test('workers outlive a master that is not PID 1, with PID 1 as their parent', async () => {
  const script = `docker run -d --name web nginx:alpine sh -c 'nginx; sleep 1000' > /dev/null 2>&1; sleep 1
    docker exec web sh -c 'kill -9 $(cat /run/nginx.pid)'; sleep 1
    docker exec web sh -c 'for p in $(pgrep -f "[w]orker process$"); do grep PPid /proc/$p/status; done'; ${address} curl -s http://$ip/ | wc -c`
  expect(await run(script)).toBe('PPid:\t1\nPPid:\t1\n615\n')
})

test('a port in use is tried five times', async () => {
  const script = `${start} docker run --rm --network container:web nginx:alpine 2>&1 | grep -c 'bind() to 0.0.0.0:80 failed'`
  expect(await run(script)).toBe('10\n')
})

test.each([
  ['nginx -v', 'nginx version: nginx/1.29.3\n'],
  ['nginx -s foo', 'nginx: invalid option: "-s foo"\n'],
  ['nginx -x', 'nginx: invalid option: "x"\n'],
  [
    'nginx -t',
    'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
  ],
  [
    'sh -c "echo foo bar\\; > /etc/nginx/conf.d/x.conf; nginx -t"',
    '[emerg] 18#18: unknown directive "foo" in /etc/nginx/conf.d/x.conf:1\nnginx: [emerg] unknown directive "foo" in /etc/nginx/conf.d/x.conf:1\nnginx: configuration file /etc/nginx/nginx.conf test failed\n',
  ],
  [
    'sh -c "echo server { > /etc/nginx/conf.d/x.conf; nginx -t 2>&1 | tail -2"',
    'nginx: [emerg] unexpected end of file, expecting "}" in /etc/nginx/conf.d/x.conf:2\nnginx: configuration file /etc/nginx/nginx.conf test failed\n',
  ],
])('%s', async (command, printed) => {
  expect(await run(`${start} docker exec web ${command}`)).toBe(printed)
})
