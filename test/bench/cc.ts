// What the simulated C compiler costs: compiling pause in a warm process, and a loop of ten million steps.
import { readFile } from 'node:fs/promises'
import type { Shell } from '../../src/session/backend.ts'
import type { Measurement } from './machine.ts'
import { ignore, inShell, medianOf } from './timing.ts'

const lesson = 'notebooks/en/02-pause-c.lab.md'
const loop = `#include <stdio.h>
int main(void) {
  long sum = 0;
  for (int i = 0; i < 10000000; i++) sum += i % 7;
  printf("%ld\\n", sum);
  return 0;
}
`

/** Milliseconds of `gcc -o pause pause.c`, median. At most `limit`. */
export async function compilePause(): Promise<Measurement> {
  const text = await readFile(lesson, 'utf8')
  const source = (/```c \{ name=source[^\n]*\n([^]*?)```/.exec(text)?.[1] ?? '').replace(/ *\/\/ \(\d+\)$/gm, '')
  const value = await withSource('pause.c', source, (shell) =>
    medianOfWarm(30, async () => {
      const { exitCode } = await shell.run('gcc -Wall -o pause pause.c', ignore)
      if (exitCode !== 0) throw new Error('pause.c does not compile')
    }),
  )
  return { name: 'cc_compile_pause_ms', value, unit: 'ms', limit: 30 }
}

/** Milliseconds of a compiled loop of ten million steps, median. At most `limit`. */
export async function compiledLoop(): Promise<Measurement> {
  const value = await withSource('loop.c', loop, async (shell) => {
    await shell.run('gcc -o loop loop.c', ignore)
    return await medianOfWarm(3, async () => {
      let printed = ''
      await shell.run('./loop', { ...ignore, stdout: (chunk) => (printed += new TextDecoder().decode(chunk)) })
      if (printed !== '29999994\n') throw new Error(`the loop gives ${printed}`)
    })
  })
  return { name: 'cc_loop_ms', value, unit: 'ms', limit: 3000 }
}

function withSource<T>(file: string, source: string, use: (shell: Shell) => Promise<T>): Promise<T> {
  return inShell(async (shell) => {
    await shell.run(`cat > ${file} <<'END_OF_SOURCE'\n${source}\nEND_OF_SOURCE\n`, ignore)
    return await use(shell)
  }, '/tmp')
}

/** After one turn that loads the compiler. */
async function medianOfWarm(turns: number, work: () => Promise<unknown>): Promise<number> {
  await work()
  return await medianOf(turns, work)
}
