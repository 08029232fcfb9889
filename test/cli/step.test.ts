// Following a program of a lesson line by line in a terminal, and in a pipe.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pauseLab } from './world.ts'

const lesson = `# A program

\`\`\`c { name=source file=p.c step=p }
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static void down(int signo) {
  exit(3);                       // (1)
}

int main() {
  signal(SIGTERM, down);
  write(1, "ready\\n", 6);
  for (;;)
    pause();
}
\`\`\`

1. The end.

\`\`\`c { name=broken file=q.c step=q ignore=true }
int main() { return x; }    // (1)
\`\`\`

1. What is x?
`

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'pause-lab-step-'))
  await writeFile(join(cwd, 'p.md'), lesson)
  await writeFile(join(cwd, 'none.md'), '# Nothing\n')
})
afterAll(() => rm(cwd, { recursive: true }))

/** Without what the machine numbers. */
function plain(text: string): string {
  return text.replaceAll(/PID \d+/g, 'PID n')
}

test('in a pipe: the lines up to where it sleeps', async () => {
  const { stdout, exitCode } = await pauseLab(['step', 'p.md'], { cwd })
  expect([plain(stdout), exitCode]).toEqual([
    `10    signal(SIGTERM, down);
11    write(1, "ready\\n", 6);
13      pause();
ready
PID n: S pause() (__do_sys_pause)
`,
    0,
  ])
})

test('by keys: a line, run on, a signal, its handler, the end', async () => {
  const { stdout } = await pauseLab(['step', 'p.md', 'source'], { cwd, keys: 'srtsr' })
  expect(plain(stdout)).toBe(
    `Keys: s or Enter a line, r run on, q quit; signals: t TERM, i INT, c CHLD, h HUP, u USR1, k KILL, z STOP, g CONT.

10    signal(SIGTERM, down);
13      pause();
ready
PID n: S pause() (__do_sys_pause)
kill -s TERM
lines ahead: 1
 6    exit(3);
PID n: ended, exit code 3
`,
  )
})

test.each([
  ['p.md broken', /^pause-lab: q\.c: In function/],
  ['p.md r.c', /^pause-lab: no listing r\.c in p\.md; there are p\.c, q\.c\n/],
  ['none.md', /^pause-lab: none\.md has no listing that can be stepped through\n/],
])('step %s is told', async (operands, message) => {
  const { exitCode, stderr } = await pauseLab(['step', ...operands.split(' ')], { cwd })
  expect([exitCode, message.test(stderr)]).toEqual([2, true])
})
