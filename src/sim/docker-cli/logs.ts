// `docker logs`: what a container wrote, its two streams apart.
import type { ContainerInspect, LogFrame } from '../docker/api.ts'
import type { Command } from './command.ts'
import { bool, string } from './flag-types.ts'
import { writeAll } from '../programs/stdio.ts'
import { unixTime } from './times.ts'

const example = {
  '20.10': '2013-01-02T13:23:37Z) or relative (e.g. 42m',
  now: '"2013-01-02T13:23:37Z") or relative (e.g. "42m"',
}

export const logsCommand: Command = {
  names: ['container logs', 'logs'],
  usage: '[OPTIONS] CONTAINER',
  summary: 'Fetch the logs of a container',
  operands: { least: 1, most: 1 },
  flags: [
    { name: 'details', type: bool, usage: 'Show extra details provided to logs' },
    { name: 'follow', shorthand: 'f', type: bool, usage: 'Follow log output' },
    {
      name: 'since',
      type: string,
      usage: {
        '20.10': `Show logs since timestamp (e.g. ${example['20.10']} for 42 minutes)`,
        now: `Show logs since timestamp (e.g. ${example.now} for 42 minutes)`,
      },
    },
    {
      name: 'tail',
      shorthand: 'n',
      type: string,
      default: 'all',
      usage: 'Number of lines to show from the end of the logs',
    },
    { name: 'timestamps', shorthand: 't', type: bool, usage: 'Show timestamps' },
    {
      name: 'until',
      type: string,
      usage: {
        '20.10': `Show logs before a timestamp (e.g. ${example['20.10']} for 42 minutes)`,
        now: `Show logs before a timestamp (e.g. ${example.now} for 42 minutes)`,
      },
    },
  ],
  *run(invocation) {
    const { flags, system } = invocation
    const name = invocation.operand(0)
    const now = yield* invocation.now()
    const api = yield* invocation.api(`/containers/${name}/json`)
    const container = yield* invocation.about('container', name, api.containerInspect(system, name))
    const reader = yield* api.containerLogs(system, container.Id, {
      stdout: true,
      stderr: true,
      follow: flags.bool('follow'),
      tail: flags.text('tail'),
      ...(flags.changed('since') && { since: unixTime(flags.text('since'), now, 'since') }),
      ...(flags.changed('until') && { until: unixTime(flags.text('until'), now, 'until') }),
    })
    const stamps = flags.bool('timestamps')
    const details = flags.bool('details') ? `${detailsOf(container)} ` : ''
    for (let frame = yield* reader.next(system); frame; frame = yield* reader.next(system)) {
      yield* writeAll(
        system,
        frame.stream === 'stdout' ? 1 : 2,
        prefixed(frame, `${stamps ? `${frame.timestamp} ` : ''}${details}`),
      )
    }
    return 0
  },
}

/** What the options `labels` and `env` of the log driver keep with each line. */
function detailsOf({ Config: config, HostConfig: host }: ContainerInspect): string {
  const named = (option: string) => (host.LogConfig.Config[option] ?? '').split(',').filter((name) => name !== '')
  const labels = named('labels').flatMap((name) => (name in config.Labels ? [`${name}=${config.Labels[name]}`] : []))
  const variables = named('env').flatMap((name) => (config.Env ?? []).filter((entry) => entry.startsWith(`${name}=`)))
  return [...labels, ...variables].toSorted().join(',')
}

function prefixed(frame: LogFrame, prefix: string): Uint8Array {
  if (prefix === '') return frame.data
  const stamp = new TextEncoder().encode(prefix)
  const line = new Uint8Array(stamp.length + frame.data.length)
  line.set(stamp)
  line.set(frame.data, stamp.length)
  return line
}
