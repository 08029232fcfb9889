// `docker context ls` and `docker context show`: there is one context here, the default one.
import type { Command } from './command.ts'
import { bool, tableFormat } from './flag-types.ts'
import { renderList, type TableKind } from './formatters.ts'

interface Context {
  readonly name: string
  readonly host: string
  readonly error: string
}

const contextTable: TableKind<Context> = {
  type: '*formatter.clientContextContext',
  table: ['Name', 'Description', 'DockerEndpoint', 'Error'],
  quiet: 'Name',
  columns: [
    { name: 'Current', header: 'CURRENT', value: () => true },
    { name: 'Name', header: 'NAME', value: (c, { truncate }) => (truncate ? `${c.name} *` : c.name) },
    {
      name: 'Description',
      header: 'DESCRIPTION',
      value: () => 'Current DOCKER_HOST based configuration',
    },
    { name: 'DockerEndpoint', header: 'DOCKER ENDPOINT', value: (c) => c.host },
    { name: 'Error', header: 'ERROR', value: (c) => c.error },
  ],
}

export const contextListCommand: Command = {
  names: ['context ls', 'context list'],
  oldAliases: { 'context ls': 'ls, list' },
  usage: '[OPTIONS]',
  summary: 'List contexts',
  operands: { least: 0, most: 0 },
  flags: [tableFormat('contexts'), { name: 'quiet', shorthand: 'q', type: bool, usage: 'Only show context names' }],
  *run(invocation) {
    const { flags, release, host } = invocation
    const format = flags.text('format')
    const quiet = flags.bool('quiet')
    const view = { release, truncate: format === '' && !quiet, now: 0 }
    const contexts = [{ name: 'default', host, error: '' }]
    yield* invocation.out(renderList(contextTable, contexts, view, { format, quiet }))
    return 0
  },
}

export const contextShowCommand: Command = {
  names: ['context show'],
  usage: '',
  summary: 'Print the name of the current context',
  operands: { least: 0, most: 0 },
  since: '26.1',
  *run(invocation) {
    yield* invocation.out('default\n')
    return 0
  },
}
