// Asks docker's own command line: the answer as text, or what is wrong as a MachineError with a way out.
import { $, type Options } from 'zx'
import { MachineError, type MachineFault } from './errors.ts'
import { findProgram } from './platform.ts'
import { quote } from './quote.ts'

export interface CommandResult {
  exitCode: number
  stdout: string
  stderr: string
}

const silent: Partial<Options> = {
  quiet: true,
  nothrow: true,
  shell: '/bin/sh',
  prefix: 'exec ',
  quote,
  stdio: ['ignore', 'pipe', 'pipe'],
}

/** Runs a program with its arguments, without a terminal; output is kept, so for small answers only. */
export async function command(
  program: string,
  args: readonly string[],
  timeout: `${number}s` = '20s',
): Promise<CommandResult> {
  const env: NodeJS.ProcessEnv = { ...process.env, LANGUAGE: 'en', DOCKER_CLI_HINTS: 'false' }
  const { exitCode, stdout, stderr } = await $({ ...silent, env, timeout })`${program} ${[...args]}`
  return { exitCode: exitCode ?? 124, stdout, stderr }
}

/** Runs `docker` with these arguments. Throws a MachineError when docker itself cannot be used. */
export async function docker(...args: string[]): Promise<CommandResult> {
  if ((await findProgram('docker', process.env['PATH'] ?? '')) === undefined) throw new MachineError(dockerMissing)
  const result = await command('docker', args)
  const fault = result.exitCode === 0 ? undefined : faultOf(result.stderr)
  if (fault !== undefined) throw new MachineError(fault)
  return result
}

export const dockerMissing: MachineFault = {
  kind: 'docker-missing',
  message: 'docker is not installed: there is no `docker` on PATH.',
  advice:
    'Install Docker Engine or Docker Desktop (https://docs.docker.com/get-docker/), or choose the simulated machine, which needs nothing.',
}

interface FaultRow {
  pattern: RegExp
  fault: MachineFault
}

// What the command line prints when it does not reach its engine, whatever was asked for.
const faults: readonly FaultRow[] = [
  {
    pattern: /permission denied while trying to connect|connect: permission denied/i,
    fault: {
      kind: 'docker-denied',
      message: 'This user may not use docker: the socket of the engine is closed to it.',
      advice:
        'Run `sudo usermod -aG docker "$USER"`, then log out and in again; or choose the simulated machine, which needs no rights.',
    },
  },
  {
    pattern: /cannot connect to the docker daemon|is the docker daemon running|failed to connect to the docker api/i,
    fault: {
      kind: 'docker-down',
      message: 'The docker engine does not answer: it is not running, or `docker context` points elsewhere.',
      advice:
        'Start it (`sudo systemctl start docker`, or open Docker Desktop) and run the cell again; `docker context ls` shows which engine is meant.',
    },
  },
  {
    pattern:
      /error during connect|context ".*" does not exist|current context .* not found|unable to resolve docker endpoint/i,
    fault: {
      kind: 'docker-failed',
      message: 'docker is set up for an engine that cannot be reached.',
      advice: 'Look at `docker context ls` and at the variables DOCKER_HOST and DOCKER_CONTEXT.',
    },
  },
]

/** What is wrong with docker itself, by what its command line printed; undefined when it answered about something else. */
export function faultOf(stderr: string): MachineFault | undefined {
  return faults.find(({ pattern }) => pattern.test(stderr))?.fault
}
