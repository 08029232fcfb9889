// Stepping through pause.c in the simulated machine: its lines, its state and its system call as signals arrive.
import { expect, test } from 'vitest'
import {
  ListingNotCompiled,
  SourceStepper,
  type SteppedListing,
  type SteppingView,
} from '../../src/session/stepping.ts'
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import { traceLines } from '../../src/sim/cc/trace.ts'

const source = `#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void down(int signo) {
  exit(0);
}

static void reap(int signo) {
  while (waitpid(-1, NULL, WNOHANG) > 0)
    ;
}

int main() {
  sigaction(SIGTERM, &(struct sigaction){.sa_handler = down}, NULL);
  sigaction(SIGCHLD, &(struct sigaction){.sa_handler = reap}, NULL);
  write(1, "ready\\n", 6);
  for (;;)
    pause();
}
`

const silent = { stdout: () => undefined, stderr: () => undefined }

async function started(program = source, start = './pause &'): Promise<SourceStepper> {
  const backend = createSimulatedBackend()
  const shell = await backend.open({})
  await shell.run(`cat > pause.c <<'END'\n${program}END\ngcc pause.c -o pause`, silent)
  return SourceStepper.start(shell, traceLines, { program: 'pause', start })
}

/** What a reader sees, in short. */
function seen({ current, ahead, process }: SteppingView): string {
  const place = current === undefined ? 'start' : `${current.functionName}:${current.line}`
  const call = process?.systemCall === undefined ? '' : ` ${process.systemCall.name} ${process.systemCall.number}`
  const end = process?.exitCode === undefined ? '' : ` exit ${process.exitCode}`
  return `${place} +${ahead}${process?.state === undefined ? '' : ` ${process.state}`}${call}${end}`
}

test('it stands before the first line; steps go line by line to where the process sleeps', async () => {
  const stepper = await started()
  const steps = [seen(stepper.view), ...Array.from({ length: 5 }, () => seen(stepper.step()))]
  expect(steps).toEqual([
    'start +4',
    'main:16 +3',
    'main:17 +2',
    'main:18 +1',
    'main:20 +0 S pause 34',
    'main:20 +0 S pause 34',
  ])
  expect(stepper.view.process?.wchan).toBe('__do_sys_pause')
  expect(stepper.view.output).toBe('ready\n')
  await stepper.end()
})

test('a signal runs its handler, and the process sleeps again', async () => {
  const stepper = await started()
  const sent = await stepper.signal('CHLD')
  expect([seen(sent), seen(stepper.step()), seen(stepper.run())]).toEqual([
    'main:20 +3',
    'reap:11 +2',
    'main:20 +0 S pause 34',
  ])
  await stepper.end()
})

test('one that ends it leaves the exit code', async () => {
  const stepper = await started()
  await stepper.signal('TERM')
  expect(seen(stepper.run())).toBe('down:7 +0 exit 0')
})

test('KILL runs no line', async () => {
  const stepper = await started()
  expect(seen(await stepper.signal('KILL'))).toBe('main:20 +0 exit 137')
})

test('STOP and CONT change the state alone', async () => {
  const stepper = await started()
  const stopped = seen(await stepper.signal('STOP'))
  expect([stopped.slice(0, 12), seen(await stepper.signal('CONT'))]).toEqual(['main:20 +0 T', 'main:20 +0 S pause 34'])
  await stepper.end()
})

test('a program without end is cut off, and can be ended', async () => {
  const stepper = await started('int main() {\n  for (;;)\n    main;\n}\n')
  const { ahead, process } = stepper.run()
  expect([ahead, process?.state]).toEqual([0, 'R'])
  await stepper.end()
})

test('what is no signal is not sent', async () => {
  const stepper = await started()
  await expect(stepper.signal('TERM; rm -r /')).rejects.toThrow('is no signal')
  await stepper.end()
})

test('without a process there is nothing to step through', async () => {
  await expect(started(source, 'true')).rejects.toThrow('there is no process')
})

async function opened(listing: Partial<SteppedListing> = {}): Promise<SourceStepper> {
  const shell = await createSimulatedBackend().open({})
  return SourceStepper.open(shell, traceLines, { file: 'pause.c', source, command: ['pause'], ...listing })
}

test('a listing is compiled and started', async () => {
  const stepper = await opened()
  expect([seen(stepper.step()), seen(stepper.run())]).toEqual(['main:16 +3', 'main:20 +0 S pause 34'])
  await stepper.end()
})

test('what gcc does not compile does not start', async () => {
  await expect(opened({ source: 'int main() {\n  return x;\n}\n' })).rejects.toThrow(
    new ListingNotCompiled(`pause.c: In function ‘main’:
pause.c:2:10: error: ‘x’ undeclared (first use in this function)
    2 |   return x;
      |          ^
pause.c:2:10: note: each undeclared identifier is reported only once for each function it appears in
`),
  )
})

test('what it prints long after its start is its output too', async () => {
  const stepper = await opened({ source: source.replace('exit(0)', 'write(2, "bye\\n", 4), exit(0)') })
  await stepper.signal('TERM')
  expect(stepper.view.output).toBe('ready\nbye\n')
})

test('the view names the last signal', async () => {
  const stepper = await opened()
  await stepper.signal('CHLD')
  expect([stepper.view.signal, (await stepper.signal('STOP')).signal]).toEqual(['CHLD', 'STOP'])
  await stepper.end()
})

test('a signal to what has ended changes nothing', async () => {
  const stepper = await opened()
  await stepper.signal('TERM')
  const ended = stepper.run()
  expect(await stepper.signal('USR1')).toEqual(ended)
})

test('running on lets time pass where nothing is ahead: an init waits for its child, not for itself', async () => {
  const init = `#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int status, pid, child = fork();
  if (child == 0)
    return execvp(argv[1], argv + 1), 127;
  while ((pid = wait(&status)) != child);
  return WEXITSTATUS(status);
}
`
  const stepper = await opened({ file: 'init.c', source: init, command: ['init', 'sh', '-c', 'sleep 1; exit 7'] })
  const views = [seen(stepper.step()), seen(await stepper.runOn()), seen(await stepper.runOn())]
  expect(views).toEqual(['main:5 +2', 'main:8 +0 S wait4 61', 'main:9 +0 exit 7'])
})
