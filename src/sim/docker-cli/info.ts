// `docker info`: the engine and its machine, as far as they are simulated.
import { dockerFunctions, fromJson, GoTemplate } from '../../text/go-template.ts'
import { writeJson } from '../../text/json.ts'
import { bytesSize } from '../../text/size.ts'
import type { InfoResponse } from '../docker/api.ts'
import type { Command } from './command.ts'
import { inspectFormat } from './flag-types.ts'
import type { Invocation } from './invocation.ts'

export const infoCommand: Command = {
  names: ['system info', 'info'],
  usage: '[OPTIONS]',
  summary: 'Display system-wide information',
  operands: { least: 0, most: 0 },
  flags: [inspectFormat],
  *run(invocation) {
    const format = invocation.flags.text('format')
    const template = format === '' || format === 'json' ? undefined : new GoTemplate(format, dockerFunctions)
    const info = yield* (yield* invocation.api('/info')).info(invocation.system)
    if (format === 'json') yield* invocation.out(`${writeJson(info)}\n`)
    else if (template) yield* invocation.out(`${template.execute(fromJson(info))}\n`)
    else yield* invocation.out(plainText(invocation, info))
    return 0
  },
}

/** Rows of the Server part: what is printed, and the key of the response; a row whose key is absent is left out. */
const rows: readonly (readonly [string, string])[] = [
  [' Server Version', 'ServerVersion'],
  [' Storage Driver', 'Driver'],
  [' Logging Driver', 'LoggingDriver'],
  [' Cgroup Driver', 'CgroupDriver'],
  [' Cgroup Version', 'CgroupVersion'],
  [' Kernel Version', 'KernelVersion'],
  [' Operating System', 'OperatingSystem'],
  [' OSType', 'OSType'],
  [' Architecture', 'Architecture'],
  [' CPUs', 'NCPU'],
  [' Total Memory', 'MemTotal'],
  [' Name', 'Name'],
  [' ID', 'ID'],
  [' Docker Root Dir', 'DockerRootDir'],
]

function plainText({ client, release }: Invocation, info: InfoResponse): string {
  const lines = [
    `Client:${client.platformName === '' ? '' : ` ${client.platformName}`}`,
    ...(release === '20.10' ? [] : [` Version:    ${client.version}`]),
    ' Context:    default',
    ' Debug Mode: false',
    '',
    'Server:',
    ` Containers: ${info.Containers}`,
    `  Running: ${info.ContainersRunning}`,
    `  Paused: ${info.ContainersPaused}`,
    `  Stopped: ${info.ContainersStopped}`,
    ` Images: ${info.Images}`,
  ]
  for (const [label, key] of rows) {
    const value = info[key]
    if (value === undefined || value === null) continue
    lines.push(`${label}: ${key === 'MemTotal' && typeof value === 'number' ? bytesSize(value) : String(value)}`)
  }
  return `${lines.join('\n')}\n\n`
}
