// `docker version`: of the command and of the engine.
import {
  dockerFunctions,
  GoSlice,
  GoStruct,
  GoTemplate,
  TemplateExecError,
  TemplateParseError,
} from '../../text/go-template.ts'
import { writeJson } from '../../text/json.ts'
import type { VersionResponse } from '../docker/api.ts'
import type { Program } from '../kernel/system.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { inspectFormat } from './flag-types.ts'
import { errorMessage, type Invocation } from './invocation.ts'
import { isAtLeast } from './release.ts'

export const versionCommand: Command = {
  names: ['version'],
  usage: '[OPTIONS]',
  summary: 'Show the Docker version information',
  operands: { least: 0, most: 0 },
  flags: [inspectFormat],
  *run(invocation) {
    const format = invocation.flags.text('format')
    const template = parse(format)
    let server: VersionResponse | undefined
    let failure: string | undefined
    try {
      server = yield* (yield* invocation.api('/version')).version(invocation.system)
    } catch (error) {
      failure = errorMessage(error)
    }
    const client = clientJson(invocation)
    if (format === 'json' || format === '{{json .}}') {
      yield* invocation.out(`${writeJson({ Client: client, Server: server ?? null })}\n`)
    } else if (template) {
      yield* invocation.out(`${yield* executed(invocation, template, versionValue(client, server))}\n`)
    } else {
      yield* invocation.out(plainText(invocation, server))
    }
    if (failure !== undefined) throw new StatusError(failure)
    return 0
  },
}

function parse(format: string): GoTemplate | undefined {
  if (format === '' || format === 'json') return undefined
  try {
    return new GoTemplate(format, dockerFunctions)
  } catch (error) {
    if (!(error instanceof TemplateParseError)) throw error
    throw new StatusError(`template parsing error: ${named(error.message)}`, 64)
  }
}

/** The template is called `version`, and its errors say so. */
function named(message: string): string {
  return message.replace('template: :', 'template: version:').replace('executing ""', 'executing "version"')
}

/** The line feed has been printed already when an error is told. */
function* executed(invocation: Invocation, template: GoTemplate, value: GoStruct): Program<string> {
  try {
    return template.execute(value)
  } catch (error) {
    if (!(error instanceof TemplateExecError)) throw error
    yield* invocation.out('\n')
    throw new StatusError(named(error.message))
  }
}

function clientJson({ client, release }: Invocation): Record<string, unknown> {
  return {
    Platform: { Name: client.platformName },
    Version: client.version,
    ApiVersion: client.apiVersion,
    DefaultAPIVersion: client.apiVersion,
    GitCommit: client.gitCommit,
    GoVersion: client.goVersion,
    Os: 'linux',
    Arch: 'amd64',
    BuildTime: client.buildTime,
    Context: 'default',
    ...(release === '20.10' && { Experimental: true }),
  }
}

function versionValue(client: Record<string, unknown>, server: VersionResponse | undefined): GoStruct {
  return new GoStruct(
    'system.versionInfo',
    new Map<string, unknown>([
      ['Client', struct('system.clientVersion', client)],
      ['Server', server ? struct('*types.Version', { ...server, Experimental: false }) : null],
    ]),
  )
}

/** The fields of a record under their names in Go. */
function struct(type: string, record: Readonly<Record<string, unknown>>): GoStruct {
  const fields = Object.entries(record).map(([key, value]): [string, unknown] => [
    key === 'ApiVersion' ? 'APIVersion' : key,
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? struct('struct', value as Record<string, unknown>)
      : Array.isArray(value)
        ? new GoSlice(
            '[]types.ComponentVersion',
            value.map((item) => struct('types.ComponentVersion', item)),
          )
        : value,
  ])
  return new GoStruct(type, new Map(fields), { json: record })
}

function plainText(invocation: Invocation, server: VersionResponse | undefined): string {
  const { client, release } = invocation
  const title = (name: string, platform: string) => `${name}:${platform === '' ? '' : ` ${platform}`}`
  const lines = [
    title('Client', client.platformName),
    ...fields(1, 18, [
      ['Version', client.version],
      ['API version', client.apiVersion],
      ['Go version', client.goVersion],
      ['Git commit', client.gitCommit],
      ['Built', client.buildTime],
      ['OS/Arch', 'linux/amd64'],
      ['Context', 'default'],
      ...(release === '20.10' ? ([['Experimental', 'true']] as const) : []),
    ]),
  ]
  if (!server) return `${lines.join('\n')}\n`
  lines.push('', title('Server', server.Platform.Name))
  lines.push(' Engine:')
  lines.push(
    ...fields(2, 17, [
      ['Version', server.Version],
      ['API version', `${server.ApiVersion} (minimum version ${server.MinAPIVersion})`],
      ['Go version', server.GoVersion],
      ['Git commit', server.GitCommit],
      ['Built', builtText(server.BuildTime)],
      ['OS/Arch', `${server.Os}/${server.Arch}`],
      ['Experimental', 'false'],
    ]),
  )
  for (const component of server.Components.filter(({ Name }) => Name !== 'Engine')) {
    lines.push(` ${component.Name}:`)
    const commit = component.Details['GitCommit'] ?? ''
    lines.push(
      ...fields(2, 17, [
        ['Version', component.Version],
        ['GitCommit', commit],
      ]),
    )
  }
  return `${lines.map((line) => (isAtLeast(release, '26.1') ? line.trimEnd() : line)).join('\n')}\n`
}

function fields(indent: number, width: number, rows: readonly (readonly [string, string])[]): string[] {
  return rows.map(([name, value]) => `${' '.repeat(indent)}${`${name}:`.padEnd(width)} ${value}`)
}

/** The daemon's RFC 3339 as the client prints it: `Thu May 14 11:27:54 2026`. */
function builtText(time: string): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return time
  const [weekday = '', day, month, year, clock] = date.toUTCString().split(' ')
  return `${weekday.replace(',', '')} ${month} ${String(Number(day)).padStart(2)} ${clock} ${year}`
}
