// `pause-lab xray`: the machine at a moment, as a tree of processes with the namespaces that they share.
import type { Snapshot, SnapshotContainer, SnapshotProcess } from '../xray/snapshot.ts'
import { silentIo } from '../session/capture.ts'
import { describeOutcome } from '../session/messages.ts'
import { CliError } from './errors.ts'
import type { CliIo } from './io.ts'
import { findLesson, languageOf } from './lesson-files.ts'
import { type Parsed } from './options.ts'
import { untilOption } from './run.ts'
import { MachineHolder, withSession } from './session-run.ts'
import { styleOf, type Style } from './style.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const snapshot = parsed.operands.length > 0 ? await afterLesson(parsed, io) : await now(parsed, io)
  io.write(
    parsed.values.has('json') ? `${JSON.stringify(snapshot, undefined, 2)}\n` : snapshotText(snapshot, styleOf(io)),
  )
  return 0
}

async function now(parsed: Parsed, io: CliIo): Promise<Snapshot> {
  const { machine } = await MachineHolder.open(parsed, io)
  try {
    return await machine.backend.snapshot()
  } finally {
    await machine.backend.dispose()
  }
}

async function afterLesson(parsed: Parsed, io: CliIo): Promise<Snapshot> {
  const file = await findLesson(parsed.operands[0] ?? '', languageOf(parsed, io), io)
  const until = untilOption(parsed, file)
  return withSession(file, parsed, io, async (session) => {
    const wrong = (await session.runAll(until, () => silentIo)).find((result) => !result.ok)
    if (wrong) throw new CliError(`the lesson stopped at the cell ${wrong.cell}: ${describeOutcome(wrong)}`)
    return session.snapshot()
  })
}

/** The containers, each with its processes; then what runs on the host itself. */
export function snapshotText(snapshot: Snapshot, style: Style): string {
  const lines: string[] = []
  for (const container of snapshot.containers) {
    lines.push(containerLine(container, style))
    const inside = snapshot.processes.filter((process) => process.container === container.id)
    lines.push(...inside.map((process) => processLine(process, style)), '')
  }
  const hosts = snapshot.processes.filter((process) => process.container === undefined)
  lines.push(style.bold('host'), ...hosts.map((process) => processLine(process, style)))
  return `${lines.join('\n')}\n`
}

function containerLine({ name, id, image, status, networkMode, addresses }: SnapshotContainer, style: Style): string {
  const network = Object.entries(addresses).map(([on, address]) => `${on} ${address}`)
  return [style.bold(name), id.slice(0, 12), image, status, `network ${networkMode}`, ...network].join('  ')
}

function processLine(process: SnapshotProcess, style: Style): string {
  const command = process.cmdline.length > 0 ? process.cmdline.join(' ') : `[${process.comm}]`
  const numbers = process.nspid.length > 1 ? `${process.nspid.join(' > ')}` : String(process.pid)
  const spaces = (['net', 'pid'] as const).flatMap((type) => {
    const inode = process.namespaces[type]
    return inode === undefined ? [] : [`${type}:[${inode}]`]
  })
  return `  ${numbers}  ${process.state}  ${command}  ${style.dim(spaces.join(' '))}`.trimEnd()
}
