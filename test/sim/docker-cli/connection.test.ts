// What docker says when nobody answers at the daemon's socket, or when this user may not ask.
import { expect, it } from 'vitest'
import { type DockerVersion, runDocker } from './stage.ts'

const socket = 'unix:///var/run/docker.sock'

it.each(['20.10', '26.1', '28.5', 'today'] as const)('docker %s asks whether the daemon runs', (version) => {
  expect(runDocker(version, ['ps'])).toEqual({
    stdout: '',
    stderr: `Cannot connect to the Docker daemon at ${socket}. Is the docker daemon running?\n`,
    exitCode: 1,
  })
})

it('points to the help after a failed run', () => {
  expect(runDocker('28.5', ['run', 'alpine'])).toEqual({
    stdout: '',
    stderr: `docker: Cannot connect to the Docker daemon at ${socket}. Is the docker daemon running?\n\nRun 'docker run --help' for more information\n`,
    exitCode: 125,
  })
})

it('reads the address from -H and from DOCKER_HOST, the flag first', () => {
  const { stderr } = runDocker('28.5', ['-H', 'unix:///a.sock', 'ps'], { DOCKER_HOST: 'unix:///b.sock' })
  expect(stderr).toBe('Cannot connect to the Docker daemon at unix:///a.sock. Is the docker daemon running?\n')
})

it('prints its own version before it says that the server does not answer', () => {
  expect(runDocker('28.5', ['version', '--format', '{{.Client.Version}}'])).toEqual({
    stdout: '28.5.2+dfsg4\n',
    stderr: `Cannot connect to the Docker daemon at ${socket}. Is the docker daemon running?\n`,
    exitCode: 1,
  })
})

const denied = (first: string, request: string) =>
  `${first} while trying to connect to the Docker daemon socket at ${socket}: ${request}: dial unix /var/run/docker.sock: connect: permission denied\n`

it.each([
  ['20.10', denied('Got permission denied', 'Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.24/containers/json"')],
  ['26.1', denied('permission denied', 'Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.45/containers/json"')],
  ['28.5', denied('permission denied', 'Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.51/containers/json"')],
] as const)('docker %s tells that the socket is not for this user', (version: DockerVersion, stderr) => {
  expect(runDocker(version, ['ps'], {}, 'EACCES')).toEqual({ stdout: '', stderr, exitCode: 1 })
})
