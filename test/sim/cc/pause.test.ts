// The learner's own pause, compiled from the lesson's source: signals, exit codes, zombies, as PID 1 and elsewhere.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CompiledPrograms } from './compiled.ts'

const lesson = readFileSync(new URL('../../../notebooks/en/02-pause-c.lab.md', import.meta.url), 'utf8')
const source = (/```c \{ name=source[^\n]*\n([^]*?)```/.exec(lesson)?.[1] ?? '').replace(/ *\/\/ \(\d+\)$/gm, '')

/** What a script prints on either output, in a directory with the compiled pause and one without SIGCHLD handler. */
async function transcript(script: string): Promise<string> {
  const programs = new CompiledPrograms()
  const withoutReaper = source.replace(/ {2}if \(sigaction\(SIGCHLD[^]*?return 3;\n/, '')
  await programs.install('/tmp/pause.c', new TextEncoder().encode(source))
  await programs.install('/tmp/no-reaper.c', new TextEncoder().encode(withoutReaper))
  await programs.run('gcc -Wall -o pause pause.c; gcc -o no-reaper no-reaper.c')
  return (await programs.run(`{ ${script}\n} 2>&1`)).stdout
}

test('it compiles without a warning', async () => {
  expect(source.length).toBeGreaterThan(800)
  expect(await transcript('gcc -Wall -Wextra -Wno-unused-parameter -o again pause.c; ls again')).toBe('again\n')
})

test('TERM and INT end it with exit code 0 and a message', async () => {
  const script = `for signal in TERM INT; do
  ./pause & pid=$!; sleep .1; kill -$signal $pid; wait $pid; echo "$signal $?"
done`
  expect(await transcript(script)).toBe(
    [
      'Warning: pause should be the first process',
      'Shutting down, got signal: Terminated',
      'TERM 0',
      'Warning: pause should be the first process',
      'Shutting down, got signal: Interrupt',
      'INT 0',
      '',
    ].join('\n'),
  )
})

test('KILL and an unhandled signal end it by themselves', async () => {
  const script = `for signal in KILL USR1; do
  ./pause 2> /dev/null & pid=$!; sleep .1; { kill -$signal $pid; wait $pid; } 2> /dev/null; echo "$signal $?"
done`
  expect(await transcript(script)).toBe('KILL 137\nUSR1 138\n')
})

test('STOP and CONT change its state, CHLD does not end it', async () => {
  const script = `./pause 2> /dev/null & pid=$!; sleep .1
for signal in STOP CONT CHLD; do kill -$signal $pid; sleep .1; grep State /proc/$pid/status; done
cat /proc/$pid/wchan; echo; cut -d' ' -f1 /proc/$pid/syscall; grep SigCgt /proc/$pid/status; kill -KILL $pid`
  expect(await transcript(script)).toBe(
    'State:\tT (stopped)\nState:\tS (sleeping)\nState:\tS (sleeping)\n__do_sys_pause\n34\nSigCgt:\t0000000000014002\n',
  )
})

test('as PID 1 it gets nothing from inside but what it handles', async () => {
  const script = `unshare -pf --mount-proc ./pause & outer=$!; sleep .1; pid=$(pgrep -x pause)
nsenter -t $pid -p -m sh -c 'kill -9 1; kill -STOP 1; kill -HUP 1; sleep .1; grep State /proc/1/status; kill -TERM 1'
wait $outer; echo $?`
  expect(await transcript(script)).toBe('State:\tS (sleeping)\nShutting down, got signal: Terminated\n0\n')
})

test('from outside STOP, CONT and KILL work on it as PID 1', async () => {
  const script = `unshare -pf --mount-proc ./pause & outer=$!; sleep .1; pid=$(pgrep -x pause)
for signal in STOP CONT; do kill -$signal $pid; sleep .1; grep State /proc/$pid/status; done
{ kill -KILL $pid; wait $outer; } 2> /dev/null; echo $?`
  expect(await transcript(script)).toBe('State:\tT (stopped)\nState:\tS (sleeping)\n137\n')
})

test.each([
  ['pause', ['1 0 S pause']],
  ['no-reaper', ['1 0 S no-reaper', '4 1 Z sleep <defunct>']],
])('an orphan under %s', async (name, processes) => {
  const script = `unshare -pf --mount-proc ./${name} & sleep .1; pid=$(pgrep -x ${name})
nsenter -t $pid -p -m sh -c '(sleep .1 &) ; sleep .5; ps -e -o pid,ppid,stat,comm' | grep -v -e sh -e ps -e PID | sed 's/  */ /g; s/^ //'
kill -9 $pid`
  expect((await transcript(script)).split('\n').filter((line) => /^\d/.test(line))).toEqual(processes)
})
