// Fixtures as a person would type them: `$ command`, its output, `[exit N]`. A line `# name` begins a test on a new machine.
// Lines of stderr begin with `! `. Ids are named in order of appearance. RENEW_FIXTURES=1 writes the files anew.
import { bootMachine, type SimulatedMachine } from '../../../src/sim/boot.ts'
import type { EngineVersion } from '../../../src/sim/docker/versions.ts'
import { dockerMainOf } from '../../../src/sim/docker-cli/main.ts'
import { nullDevice } from '../../../src/sim/kernel/devices.ts'
import { hostOutput } from '../../../src/sim/kernel/host-output.ts'
import type { Main } from '../../../src/sim/kernel/system.ts'
import { hostPrograms } from '../../../src/sim/programs/index.ts'

export interface FixtureTest {
  name: string
  /** Lines from below the name up to the next test. */
  text: string
}

export function readFixture(text: string): FixtureTest[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      return { name: part.slice(0, end), text: part.slice(end + 1).trimEnd() }
    })
}

/** Runs the commands of a test on a machine of its own, and gives the test's text as it should be. */
export async function runFixture(version: EngineVersion, test: FixtureTest): Promise<string> {
  const machine = bootMachine({ persona: version === 'today' ? 'today' : `docker-${version}` })
  const names = new Map<string, string>()
  const lines: string[] = []
  for (const line of test.text.split('\n').filter((candidate) => candidate.startsWith('$ '))) {
    const command = line.slice(2)
    lines.push(line, ...(await runCommand(machine, version, command)).map((output) => nameIds(output, names)))
  }
  return lines.join('\n')
}

async function runCommand(machine: SimulatedMachine, version: EngineVersion, command: string): Promise<string[]> {
  const argv = splitWords(command)
  const { main, name } = findProgram(machine, version, argv[0] ?? '')
  const parts: { stream: 1 | 2; text: string }[] = []
  const decoder = new TextDecoder()
  const collect = (stream: 1 | 2) =>
    hostOutput((chunk) => {
      const last = parts.at(-1)
      const text = decoder.decode(chunk)
      if (last?.stream === stream) last.text += text
      else parts.push({ stream, text })
    })
  let status: number | undefined
  const child = machine.kernel.spawn({
    parent: machine.init,
    main,
    argv,
    comm: name,
    newSession: true,
    environment: new Map([
      ['HOME', '/root'],
      ['PATH', '/usr/sbin:/usr/bin'],
    ]),
    files: new Map([
      [0, nullDevice()],
      [1, collect(1)],
      [2, collect(2)],
    ]),
  })
  machine.kernel.onExit(child, (exit) => {
    status = exit.how === 'exited' ? exit.status : 128 + exit.status
  })
  await machine.kernel.run(() => status !== undefined)
  const lines = parts.flatMap(({ stream, text }) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => (stream === 2 ? `! ${line}`.trimEnd() : line)),
  )
  return status === 0 ? lines : [...lines, `[exit ${status}]`]
}

function findProgram(machine: SimulatedMachine, version: EngineVersion, name: string): { main: Main; name: string } {
  if (name === 'docker') return { main: dockerMainOf(version), name }
  const found = [...hostPrograms(machine.persona)].find(([path]) => path.endsWith(`/${name}`))
  if (!found) throw new Error(`the fixture's machine has no ${name}`)
  return { main: found[1], name }
}

/** Words with quotes as a shell has them; nothing is expanded. */
function splitWords(command: string): string[] {
  return [...command.matchAll(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replaceAll(
      /'([^']*)'|"([^"]*)"/g,
      (_, single: string | undefined, double: string | undefined) => single ?? double ?? '',
    ),
  )
}

/** Ids of 64 and 12 digits by their first twelve, so that both forms of one have the same name. */
function nameIds(line: string, names: Map<string, string>): string {
  return line.replaceAll(/\b(?:[0-9a-f]{64}|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{12})\b/g, (id) => {
    const key = id.slice(0, 12)
    const name = names.get(key) ?? `id${names.size + 1}`
    names.set(key, name)
    return id.length === 64 ? `<${name}:long>` : `<${name}>`
  })
}
