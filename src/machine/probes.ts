// What there is on this machine: one row a question. Each asks once, changes nothing, and has an answer for every case.
import { readFileSync } from 'node:fs'
import { readlink } from 'node:fs/promises'
import { release } from 'node:os'
import { clusterName, currentCluster } from './cluster.ts'
import { clusterFault, noCluster } from './cluster-faults.ts'
import { command, docker, dockerMissing, faultOf } from './docker.ts'
import { MachineError } from './errors.ts'
import { ours } from './labels.ts'
import { findProgram } from './platform.ts'

export interface ProbeResult {
  id: string
  /** `ok`; `warn`: works, with a difference worth knowing; `fail`: there and broken; `missing`: not there. */
  status: 'ok' | 'warn' | 'fail' | 'missing'
  /** What was found, for people. */
  found: string
  /** What to install or allow, a sentence; empty when nothing is to be done. */
  advice: string
}

export interface Probe {
  id: string
  run: () => Promise<Omit<ProbeResult, 'id'>>
}

type Answer = Omit<ProbeResult, 'id'>

export const probes: readonly Probe[] = [
  { id: 'system', run: system },
  { id: 'bash', run: bash },
  { id: 'docker-client', run: dockerClient },
  { id: 'docker-engine', run: dockerEngine },
  { id: 'docker-context', run: dockerContext },
  { id: 'images', run: images },
  { id: 'namespaces', run: namespaces },
  { id: 'podman', run: () => optional('podman', ['--version']) },
  { id: 'kubectl', run: kubectl },
  { id: 'kubectl-context', run: kubectlContext },
  { id: 'kind', run: () => optional('kind', ['version']) },
  { id: 'minikube', run: () => optional('minikube', ['version', '--short']) },
  { id: 'k3d', run: () => optional('k3d', ['version']) },
  { id: 'compiler', run: compiler },
]

/** The images that lessons start containers from. */
export const lessonImages = ['alpine:latest', 'registry.k8s.io/pause:3.9'] as const

const ok = (found: string): Answer => ({ status: 'ok', found, advice: '' })
const firstLine = (text: string) => text.split('\n')[0]?.trim() ?? ''
const isThere = async (program: string) => (await findProgram(program, process.env['PATH'] ?? '')) !== undefined

function system(): Promise<Answer> {
  const kernel = release()
  if (process.platform === 'linux')
    return Promise.resolve(ok(`${/microsoft/i.test(kernel) ? 'Linux in WSL' : 'Linux'} ${kernel}`))
  if (process.platform === 'darwin') return Promise.resolve(ok(`macOS, Darwin ${kernel}`))
  return Promise.resolve({
    status: 'fail',
    found: `${process.platform} ${kernel}`,
    advice: 'Open the folder in WSL (in VS Code: "WSL: Reopen Folder in WSL"); the simulated machine works here too.',
  })
}

async function bash(): Promise<Answer> {
  if (!(await isThere('bash'))) {
    return {
      status: 'missing',
      found: 'no bash on PATH',
      advice: 'Install bash with the package manager of this system.',
    }
  }
  const { stdout } = await command('bash', ['--version'])
  return ok(firstLine(stdout))
}

async function dockerClient(): Promise<Answer> {
  if (!(await isThere('docker'))) return { status: 'missing', found: 'no docker on PATH', advice: dockerMissing.advice }
  const { stdout } = await command('docker', ['--version'])
  return ok(firstLine(stdout))
}

async function dockerEngine(): Promise<Answer> {
  return withDocker(async () => {
    const format = '{{.Server.Version}} {{.Server.Os}}/{{.Server.Arch}}'
    const { exitCode, stdout, stderr } = await docker('version', '--format', format)
    if (exitCode !== 0) return { status: 'fail', found: firstLine(stderr), advice: faultOf(stderr)?.advice ?? '' }
    const { stdout: name } = await docker('info', '--format', '{{.OperatingSystem}}')
    const desktop = /docker desktop/i.test(name)
    return {
      status: desktop ? 'warn' : 'ok',
      found: `Docker ${stdout.trim()} on ${name.trim()}`,
      advice: desktop
        ? 'The containers run in a virtual machine of Docker Desktop: cells for the node go there through a privileged container.'
        : '',
    }
  })
}

async function dockerContext(): Promise<Answer> {
  if (!(await isThere('docker'))) return { status: 'missing', found: 'no docker on PATH', advice: '' }
  const { exitCode, stdout, stderr } = await command('docker', [
    'context',
    'inspect',
    '--format',
    '{{.Name}} {{.Endpoints.docker.Host}}',
  ])
  if (exitCode !== 0) return { status: 'fail', found: firstLine(stderr), advice: 'See `docker context ls`.' }
  const host = process.env['DOCKER_HOST']
  return ok(host === undefined ? stdout.trim() : `DOCKER_HOST=${host}`)
}

async function images(): Promise<Answer> {
  return withDocker(async () => {
    const missing: string[] = []
    for (const image of lessonImages) {
      const { exitCode } = await docker('image', 'inspect', image)
      if (exitCode !== 0) missing.push(image)
    }
    if (missing.length === 0) return ok(lessonImages.join(', '))
    return {
      status: 'warn',
      found: `not here yet: ${missing.join(', ')}`,
      advice: `docker pulls them when a lesson needs them; without a network, run ${missing.map((image) => `\`docker pull ${image}\``).join(' and ')} before.`,
    }
  })
}

/** Starts a container, as nothing less tells whether its namespaces can be seen from here, and removes it. */
async function namespaces(): Promise<Answer> {
  return withDocker(async () => {
    if (process.platform !== 'linux') return notFromHere
    const label = ['--label', `${ours.name}=${ours.value}`, '--label', 'dev.pause-lab.probe']
    const started = await docker('run', '--detach', '--pull', 'never', ...label, 'alpine', 'sleep', '60')
    if (started.exitCode !== 0) {
      return {
        status: 'warn',
        found: 'not tried: the image alpine is not here',
        advice: 'Run `docker pull alpine`, then ask again.',
      }
    }
    const id = started.stdout.trim()
    try {
      const { stdout: pid } = await docker('inspect', '--format', '{{.State.Pid}}', id)
      return await readNamespace(pid.trim())
    } finally {
      await docker('rm', '--force', id)
    }
  })
}

const notFromHere: Answer = {
  status: 'warn',
  found: 'the containers run on another machine',
  advice: 'Cells for the node go there through a privileged container.',
}

async function readNamespace(pid: string): Promise<Answer> {
  try {
    // Another machine's engine gives a number that may belong to anyone here.
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep\0')) return notFromHere
    return ok(`/proc/${pid}/ns/net is ${await readlink(`/proc/${pid}/ns/net`)}`)
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES'
    if (!denied) return notFromHere
    return {
      status: 'warn',
      found: `this user may not read /proc/${pid}/ns`,
      advice: 'The kernel shows the namespaces of a process of root to root only: those cells need `sudo`.',
    }
  }
}

async function kubectl(): Promise<Answer> {
  if (!(await isThere('kubectl'))) {
    return {
      status: 'missing',
      found: 'no kubectl on PATH',
      advice:
        'Install it (https://kubernetes.io/docs/tasks/tools/) for the lessons on Kubernetes, or choose the simulated machine.',
    }
  }
  const { stdout, stderr } = await command('kubectl', ['version', '--client'])
  return ok(firstLine(stdout === '' ? stderr : stdout))
}

async function kubectlContext(): Promise<Answer> {
  if (!(await isThere('kubectl'))) return { status: 'missing', found: 'no kubectl on PATH', advice: '' }
  const cluster = await currentCluster()
  if (cluster === undefined) return { status: 'missing', found: 'no current context', advice: noCluster.advice }
  const ask = ['--context', cluster.context, 'auth', 'can-i', 'create', 'namespaces', '--request-timeout=10s']
  // `yes` or `no`, with an exit code to match; a warning may stand before it.
  const { exitCode, stdout, stderr } = await command('kubectl', ask)
  const found = clusterName(cluster)
  if (exitCode === 0) return ok(`lessons would use ${found}, in a namespace of their own`)
  const fault = clusterFault(found, /^no/m.test(stdout) ? 'forbidden' : stderr)
  return { status: 'fail', found: fault.message, advice: fault.advice }
}

async function compiler(): Promise<Answer> {
  const { exitCode, stdout } = (await isThere('cc'))
    ? await command('cc', ['--version'])
    : { exitCode: 127, stdout: '' }
  if (exitCode === 0) return ok(firstLine(stdout))
  return {
    status: 'missing',
    found: 'no C compiler on PATH',
    advice: 'Install gcc or clang (Debian: `sudo apt install gcc libc6-dev`; macOS: `xcode-select --install`).',
  }
}

async function optional(program: string, args: readonly string[]): Promise<Answer> {
  if (!(await isThere(program))) return { status: 'missing', found: `no ${program} on PATH`, advice: '' }
  const { exitCode, stdout, stderr } = await command(program, args)
  return exitCode === 0 ? ok(firstLine(stdout)) : { status: 'fail', found: firstLine(stderr), advice: '' }
}

/** A fault of docker itself is the answer to whatever was asked of it. */
async function withDocker(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof MachineError)) throw error
    const status = error.fault.kind === 'docker-missing' ? 'missing' : 'fail'
    return { status, found: error.fault.message, advice: error.fault.advice }
  }
}
