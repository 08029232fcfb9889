// Wrong usage: a message in the user's terms, a hint, exit code 2, and never a stack.
import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { pauseLab } from './world.ts'

const hint = (command?: string): string =>
  `Run 'pause-lab ${command === undefined ? '' : `${command} `}--help' for usage.\n`

/** Command line, and what is said of it on standard error. */
const wrong: readonly [string, string][] = [
  ['nosuch', `unknown command nosuch\n${hint()}`],
  ['rnu', `unknown command rnu, did you mean run?\n${hint()}`],
  ['--nosuch', `unknown option --nosuch\n${hint()}`],
  ['run --nosuch 1', `unknown option --nosuch\n${hint('run')}`],
  ['run -x 1', `unknown option -x\n${hint('run')}`],
  ['run', `missing operand LESSON|FILE\n${hint('run')}`],
  ['run 1 2', `unexpected operand 2\n${hint('run')}`],
  ['run --backend', `option --backend needs a value: sim or machine\n${hint('run')}`],
  ['run --backend=cloud 1', `option --backend cannot be cloud: sim or machine\n${hint('run')}`],
  ['run --json=yes 1', `option --json takes no value\n${hint('run')}`],
  ['run --until nine 1', `no cell nine in en/01-hello.lab.md; its cells are hello, count, goal, reach\n${hint('run')}`],
  ['run 7', `no such lesson: 7; the lessons are 01-hello\n${hint('run')}`],
  ['run nosuch.md', 'no such file: nosuch.md\n'],
  ['run en/', 'this is a directory, not a file: en/\n'],
  ['check nosuch.md', 'no such file: nosuch.md\n'],
  ['cells nosuch.md', 'no such file: nosuch.md\n'],
  ['cells --json --roundtrip crlf.md', `options --json and --roundtrip exclude each other\n${hint('cells')}`],
  ['record en/01-hello.lab.md', `there is no terminal to ask in; --yes takes every change\n${hint('record')}`],
  ['sh nosuch.sh', 'no such file: nosuch.sh\n'],
  ['sh -c true file.sh', `unexpected operand file.sh beside -c\n${hint('sh')}`],
  [
    'sh --persona nosuch -c true',
    'there is no persona nosuch; there are today, docker-28.5, docker-26.1, docker-20.10, kubernetes-1.20, kubernetes-1.20-containerd, kubernetes-1.20-cri-o\n',
  ],
]

test.each(wrong)('pause-lab %s', async (line, message) => {
  expect(await pauseLab(line.split(' '))).toEqual({ exitCode: 2, stdout: '', stderr: `pause-lab: ${message}` })
})

test('without a command the usage goes to standard error', async () => {
  const { stdout } = await pauseLab(['--help'])
  expect(await pauseLab([])).toEqual({ exitCode: 2, stdout: '', stderr: stdout })
})

test('--version', async () => {
  expect(await pauseLab(['--version'])).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' })
})

test('help for a command, by either spelling', async () => {
  expect(await pauseLab(['help', 'cells'])).toEqual(await pauseLab(['cells', '--help']))
})

test('the help of a command is printed from its row', async () => {
  expect(await pauseLab(['run', '--help'])).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `Usage: pause-lab run [OPTION...] LESSON|FILE

Run a lesson and print its transcript. A lesson is named by its number, its
name, or the path of its file. Exit code 1: a cell did not go well.

Options:
      --backend KIND   where cells run: sim, the simulated machine (default), or
                       machine, this very one
      --until CELL     stop after the cell with this name
      --json           print JSON
      --lang LANGUAGE  the lessons' language: en or ru; by default that of your
                       locale
      --persona NAME   what the simulated machine poses as: today (default),
                       docker-20.10, docker-26.1, docker-28.5
  -h, --help           show this help
`,
  })
})

test('every command can be loaded', async () => {
  const loaded = await Promise.all(commands.map(async (command) => typeof (await command.load()).run))
  expect(loaded).toEqual(commands.map(() => 'function'))
})
