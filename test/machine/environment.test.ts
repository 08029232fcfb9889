// What of the host's environment a cell sees.
import { expect, test } from 'vitest'
import { sessionEnvironment } from '../../src/machine/environment.ts'

const host = {
  PATH: '/usr/bin:/bin',
  HOME: '/home/ann',
  LC_TIME: 'ru_RU.UTF-8',
  LANG: 'ru_RU.UTF-8',
  DOCKER_HOST: 'unix:///run/user/1000/docker.sock',
  NODE_OPTIONS: '--max-old-space-size=1',
  ELECTRON_RUN_AS_NODE: '1',
  VSCODE_PID: '1',
  BASH_ENV: '/home/ann/trap.sh',
  PAGER: 'less',
  EDITOR: 'vim',
}

test('is what lessons need, and nothing of the editor that hosts us', () => {
  expect(sessionEnvironment(host, {}, '/our/bin')).toEqual({
    PATH: '/our/bin:/usr/bin:/bin',
    HOME: '/home/ann',
    LC_TIME: 'ru_RU.UTF-8',
    LANG: 'ru_RU.UTF-8',
    LANGUAGE: 'en',
    DOCKER_HOST: 'unix:///run/user/1000/docker.sock',
    DOCKER_CLI_HINTS: 'false',
    TERM: 'dumb',
    PAGER: 'cat',
    GIT_PAGER: 'cat',
    MANPAGER: 'cat',
    SYSTEMD_PAGER: 'cat',
    GIT_TERMINAL_PROMPT: '0',
    EDITOR: '/our/bin/editor',
    VISUAL: '/our/bin/editor',
    GIT_EDITOR: '/our/bin/editor',
    KUBE_EDITOR: '/our/bin/editor',
  })
})

test('has the character set UTF-8 where the host says nothing', () => {
  expect(sessionEnvironment({}, {}, '/our/bin')['LANG']).toBe('C.UTF-8')
})

test('has what the caller adds', () => {
  expect(sessionEnvironment(host, { LANG: 'C', KUBECONFIG: '/tmp/ours' }, '/our/bin')).toMatchObject({
    LANG: 'C',
    KUBECONFIG: '/tmp/ours',
  })
})
