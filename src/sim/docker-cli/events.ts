// `docker events`: what happened in the engine, as it happens or between two points in time.
import {
  dockerFunctions,
  fromJson,
  GoMap,
  GoStruct,
  GoTemplate,
  TemplateExecError,
  TemplateParseError,
} from '../../text/go-template.ts'
import { writeJson } from '../../text/json.ts'
import type { EventMessage } from '../docker/api.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { filter, type FlagDefinition, string } from './flag-types.ts'
import { filtersOf } from './ps.ts'
import { unixTime } from './times.ts'

const formatFlag: FlagDefinition = {
  name: 'format',
  type: string,
  usage: {
    '20.10': 'Format the output using the given Go template',
    now: `Format output using a custom template:
'json':             Print in JSON format
'TEMPLATE':         Print output using the given Go template.
Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates`,
  },
}

export const eventsCommand: Command = {
  names: ['system events', 'events'],
  usage: '[OPTIONS]',
  summary: 'Get real time events from the server',
  operands: { least: 0, most: 0 },
  flags: [
    { name: 'filter', shorthand: 'f', type: filter, usage: 'Filter output based on conditions provided' },
    formatFlag,
    { name: 'since', type: string, usage: 'Show all events created since timestamp' },
    { name: 'until', type: string, usage: 'Stream events until this timestamp' },
  ],
  *run(invocation) {
    const { flags, system, release } = invocation
    const format = flags.text('format')
    const json = format === '{{json .}}' || (format === 'json' && release !== '20.10')
    const template = format === '' || json ? undefined : parseFormat(format)
    const now = yield* invocation.now()
    const api = yield* invocation.api('/events')
    const reader = yield* api.events(system, {
      ...(flags.changed('since') && { since: unixTime(flags.text('since'), now) }),
      ...(flags.changed('until') && { until: unixTime(flags.text('until'), now) }),
      filters: filtersOf(flags.list('filter')),
    })
    for (let event = yield* reader.next(system); event; event = yield* reader.next(system)) {
      const line = json
        ? writeJson(eventJson(event))
        : template
          ? template.execute(eventValue(event))
          : eventLine(event)
      yield* invocation.out(`${line}\n`)
    }
    return 0
  },
}

/** Tried on an empty event first, so that a field that there is not is told before anything else. */
function parseFormat(format: string): GoTemplate {
  try {
    const template = new GoTemplate(format, dockerFunctions)
    template.execute(eventValue(nothing))
    return template
  } catch (error) {
    if (!(error instanceof TemplateParseError || error instanceof TemplateExecError)) throw error
    throw new StatusError(`Error parsing format: ${error.message}`, 64)
  }
}

const nothing: EventMessage = {
  Type: 'container',
  Action: '',
  Actor: { ID: '', Attributes: {} },
  scope: 'local',
  time: 0,
  timeNano: 0n,
}

/** `2026-11-23T14:50:49.744931933Z container create ID (image=alpine, name=web)`. */
function eventLine(event: EventMessage): string {
  const seconds = event.timeNano / 1_000_000_000n
  const fraction = String(event.timeNano % 1_000_000_000n).padStart(9, '0')
  const time = `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`
  const attributes = Object.entries(event.Actor.Attributes)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
  const tail = attributes.length > 0 ? ` (${attributes.join(', ')})` : ''
  return `${time} ${event.Type} ${event.Action} ${event.Actor.ID}${tail}`
}

/** With the older fields that are kept for containers and images. */
function eventJson(event: EventMessage): object {
  const legacy = event.Type === 'container' || event.Type === 'image'
  return {
    ...(legacy && { status: event.Action, id: event.Actor.ID }),
    ...(legacy && event.Actor.Attributes['image'] !== undefined && { from: event.Actor.Attributes['image'] }),
    Type: event.Type,
    Action: event.Action,
    Actor: event.Actor,
    scope: event.scope,
    time: event.time,
    timeNano: event.timeNano,
  }
}

function eventValue(event: EventMessage): GoStruct {
  const actor = new GoStruct(
    'events.Actor',
    new Map<string, unknown>([
      ['ID', event.Actor.ID],
      ['Attributes', new GoMap('map[string]string', new Map(Object.entries(event.Actor.Attributes)))],
    ]),
    { json: event.Actor },
  )
  const known = fromJson(eventJson(event)) as GoMap
  return new GoStruct(
    '*events.Message',
    new Map<string, unknown>([
      ['Status', known.entries?.get('status') ?? ''],
      ['ID', event.Actor.ID],
      ['From', event.Actor.Attributes['image'] ?? ''],
      ['Type', event.Type],
      ['Action', event.Action],
      ['Actor', actor],
      ['Scope', event.scope],
      ['Time', event.time],
      ['TimeNano', event.timeNano],
    ]),
    { json: eventJson(event) },
  )
}
