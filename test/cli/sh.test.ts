// A shell in a fresh machine: the script's own output and exit code, nothing more.
import { expect, test } from 'vitest'
import { pauseLab } from './world.ts'

test('-c: output, errors and exit code are those of the script', async () => {
  expect(await pauseLab(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
    exitCode: 3,
    stdout: 'out\n',
    stderr: 'err\n',
  })
})

test('the script from standard input', async () => {
  expect(await pauseLab(['sh'], { input: 'x=5\necho $x\nfalse' })).toEqual({ exitCode: 1, stdout: '5\n', stderr: '' })
})

test('the script from a file', async () => {
  expect(await pauseLab(['sh', 'two.sh'])).toEqual({ exitCode: 0, stdout: '2\n', stderr: '' })
})

test('typed lines: state persists, and an open loop asks for more', async () => {
  const lines = ['x=1', 'for i in a b; do', 'echo $i$x', 'done', '', 'echo "one', 'two"', 'false']
  expect(await pauseLab(['sh'], { lines })).toEqual({
    exitCode: 1,
    stdout: `sim$ x=1
sim$ for i in a b; do
> echo $i$x
> done
a1
b1
sim$ 
sim$ echo "one
> two"
one
two
sim$ false
sim$ 
`,
    stderr: '',
  })
})

test('typed lines: a here-document ends at its delimiter', async () => {
  const { stdout } = await pauseLab(['sh'], { lines: ['cat << END', 'text', 'END'] })
  expect(stdout).toBe('sim$ cat << END\n> text\n> END\ntext\nsim$ \n')
})

test('typed lines: exit ends the shell', async () => {
  const { exitCode, stdout } = await pauseLab(['sh'], { lines: ['exit 4', 'echo more'] })
  expect([exitCode, stdout]).toEqual([4, 'sim$ exit 4\n'])
})
