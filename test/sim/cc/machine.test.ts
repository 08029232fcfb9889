// The machine of compiled programs: its table of operations, its library, and what ends programs that never end.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { operations } from '../../../src/sim/cc/bytecode.ts'
import { headers } from '../../../src/sim/cc/headers.ts'
import { libraryNames } from '../../../src/sim/cc/library/table.ts'
import { compile, CompiledPrograms } from './compiled.ts'

async function withProgram(source: string): Promise<CompiledPrograms> {
  const programs = new CompiledPrograms()
  await programs.install('/tmp/prog', compile(source, 'prog.c'))
  return programs
}

test('each operation has the number that the loop knows it by', () => {
  const source = readFileSync(new URL('../../../src/sim/cc/machine.ts', import.meta.url), 'utf8')
  const cases = [...source.matchAll(/case (\d+): (?:\/\/ (\w+)|\{\s*\/\/ (\w+))/g)]
  const inLoop = cases.map(([, number, name, other]) => [name ?? other, Number(number)])
  expect(new Map(inLoop as [string, number][])).toEqual(
    new Map(Object.entries(operations).map(([name, [number]]) => [name, number])),
  )
})

test('every function that a header declares is in the library', () => {
  const inline = new Set(['__builtin_nanf'])
  const declared = [...headers.values()].flatMap((text) =>
    [...text.matchAll(/^extern [^;(]*?\**(\w+)\(/gm)].flatMap(([, name]) => name ?? []),
  )
  const known = new Set(libraryNames())
  expect([...new Set(declared)].filter((name) => !known.has(name) && !inline.has(name))).toEqual([])
})

test('a fork bomb is ended with a message', async () => {
  const programs = await withProgram('#include <unistd.h>\nint main(void) { for (;;) fork(); }\n')
  const { stderr, result } = await programs.run('/tmp/prog')
  expect({ stderr, exitCode: result.exitCode }).toEqual({
    stderr:
      'pause-lab: prog: the machine holds 1024 processes, and this program goes on forking: it is ended\n' +
      `bash: line 1: ${' '.repeat(4)}6 Killed                  /tmp/prog\n`,
    exitCode: 137,
  })
})

test('a loop without end can be cancelled', async () => {
  const programs = await withProgram('int main(void) { for (;;); }\n')
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 0)
  const { result } = await programs.run('/tmp/prog', abort.signal)
  expect(result.ended).toBe('cancelled')
})

test('a hook sees each line that is about to run, once', async () => {
  const { machineObservers } = await import('../../../src/sim/cc/start.ts')
  const programs = await withProgram('int main(void) {\n  int a = 1;\n  if (a)\n    a = 2;\n  return a;\n}\n')
  const lines: string[] = []
  const observe: Parameters<typeof machineObservers.add>[0] = (machine) => {
    machine.lineHook = (file, line, functionName) => lines.push(`${file}:${line} ${functionName}`)
  }
  machineObservers.add(observe)
  await programs.run('/tmp/prog')
  machineObservers.delete(observe)
  expect(lines).toEqual(['prog.c:2 main', 'prog.c:3 main', 'prog.c:4 main', 'prog.c:5 main'])
})
