// `docker info`: the engine and its machine, as far as they are simulated.
import { dockerFunctions, fromJson, GoStruct, GoTemplate, TemplateExecError } from '../../text/go-template.ts'
import { writeJson } from '../../text/json.ts'
import { bytesSize } from '../../text/size.ts'
import type { InfoResponse } from '../docker/api.ts'
import type { Program } from '../kernel/system.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { inspectFormat } from './flag-types.ts'
import type { Invocation } from './invocation.ts'
import type { Release } from './release.ts'

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
    else if (template) yield* invocation.out(`${yield* executed(invocation, template, info)}\n`)
    else yield* invocation.out(plainText(invocation, info))
    return 0
  },
}

/** Fields that the client's type has, and this engine says nothing of. */
const silent: Readonly<Record<string, unknown>> = {
  Isolation: '',
  HttpProxy: '',
  HttpsProxy: '',
  NoProxy: '',
  OSVersion: '',
  IndexServerAddress: 'https://index.docker.io/v1/',
  MemoryLimit: true,
  SwapLimit: true,
  PidsLimit: true,
  OomKillDisable: true,
  IPv4Forwarding: true,
  Debug: false,
  NFd: 0,
  NGoroutines: 0,
  NEventsListener: 0,
  Labels: [],
  GenericResources: null,
  ServerErrors: [],
  ClientErrors: [],
}

function* executed(invocation: Invocation, template: GoTemplate, info: InfoResponse): Program<string> {
  const { release } = invocation
  const warnings = info['Warnings'] ?? []
  const all = { ...silent, ...info, Warnings: warnings, ClientInfo: { Context: 'default', Debug: false, Plugins: [] } }
  const fields = new Map(Object.entries(all).map(([name, field]) => [name, fromJson(field)]))
  const type = release === '20.10' ? 'system.info' : 'system.dockerInfo'
  try {
    return template.execute(new GoStruct(type, fields, { json: info }))
  } catch (error) {
    if (!(error instanceof TemplateExecError)) throw error
    yield* invocation.out('\n')
    throw new StatusError(error.message)
  }
}

/** A line of the Server part: its label and what of the response stands there; a line without a value is left out. */
type Row = (info: InfoResponse, release: Release) => readonly string[]

const value =
  (label: string, key: string): Row =>
  (info) =>
    info[key] === undefined || info[key] === null ? [] : [` ${label}: ${String(info[key])}`]

const rows: readonly Row[] = [
  value('Server Version', 'ServerVersion'),
  value('Storage Driver', 'Driver'),
  (info, release) =>
    pairsOf(info['DriverStatus'])
      .filter(([name]) => release !== '20.10' || name !== 'Using metacopy')
      .map(([name, text]) => `  ${name}: ${text}`),
  value('Logging Driver', 'LoggingDriver'),
  value('Cgroup Driver', 'CgroupDriver'),
  value('Cgroup Version', 'CgroupVersion'),
  (info) => {
    const plugins = info['Plugins'] as Readonly<Record<string, readonly string[] | null>>
    const kinds = ['Volume', 'Network', 'Log'].map((kind) => `  ${kind}: ${(plugins[kind] ?? []).join(' ')}`)
    return [' Plugins:', ...kinds]
  },
  (_info, release) => (release === '28.5' ? [' CDI spec directories:', '  /etc/cdi', '  /var/run/cdi'] : []),
  () => [' Swarm: inactive'],
  (info) => [` Runtimes: ${Object.keys(info['Runtimes'] as object).join(' ')}`],
  value('Default Runtime', 'DefaultRuntime'),
  value('Init Binary', 'InitBinary'),
  (info) =>
    (['containerd', 'runc', 'init'] as const).map((name) => {
      const key = `${name.charAt(0).toUpperCase()}${name.slice(1)}Commit`
      return ` ${name} version: ${(info[key] as { ID: string }).ID}`
    }),
  (info) => [
    ' Security Options:',
    ...(info['SecurityOptions'] as readonly string[]).flatMap((option) => {
      const [name = '', ...more] = option.split(',').map((part) => part.split('=')[1] ?? '')
      return [`  ${name}`, ...more.map((profile) => `   Profile: ${profile}`)]
    }),
  ],
  value('Kernel Version', 'KernelVersion'),
  value('Operating System', 'OperatingSystem'),
  value('OSType', 'OSType'),
  value('Architecture', 'Architecture'),
  value('CPUs', 'NCPU'),
  (info) => [` Total Memory: ${bytesSize(Number(info['MemTotal']))}`],
  value('Name', 'Name'),
  value('ID', 'ID'),
  value('Docker Root Dir', 'DockerRootDir'),
  () => [' Debug Mode: false'],
  (_info, release) => (release === '20.10' ? [' Registry: https://index.docker.io/v1/', ' Labels:'] : []),
  () => [' Experimental: false'],
  (_info, release) => [' Insecure Registries:', ...(release === '28.5' ? ['  ::1/128'] : []), '  127.0.0.0/8'],
  () => [' Live Restore Enabled: false'],
]

function pairsOf(list: unknown): readonly (readonly [string, string])[] {
  return Array.isArray(list) ? (list as readonly (readonly [string, string])[]) : []
}

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
    ...rows.flatMap((row) => row(info, release)),
  ]
  return `${lines.join('\n')}\n\n`
}
