// What docker's command line prints when it does not reach its engine, as real ones print it, and what we make of it.
import { expect, test } from 'vitest'
import { faultOf } from '../../src/machine/docker.ts'

test.each([
  [
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n',
    'docker-down',
  ],
  [
    'failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running: dial unix /var/run/docker.sock: connect: no such file or directory\n',
    'docker-down',
  ],
  [
    'Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.24/version": dial unix /var/run/docker.sock: connect: permission denied\n',
    'docker-denied',
  ],
  [
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.47/containers/json": dial unix /var/run/docker.sock: connect: permission denied\n',
    'docker-denied',
  ],
  [
    'error during connect: Get "http://nowhere:2375/v1.24/version": dial tcp: lookup nowhere: no such host\n',
    'docker-failed',
  ],
  ['Error: No such container: alp1\n', undefined],
  [
    'docker: Error response from daemon: Conflict. The container name "/alp1" is already in use by container "5d". You have to remove (or rename) that container to be able to reuse that name.\n',
    undefined,
  ],
])('%j', (stderr, kind) => {
  expect(faultOf(stderr)?.kind).toBe(kind)
})
