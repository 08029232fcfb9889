// Traps: signals are noted by a handler and their commands run between two commands; EXIT and ERR run in their places.
import { signalByNumber } from '../kernel/signal-numbers.ts'
import type { Program } from '../kernel/system.ts'
import { ShellExit } from './control.ts'
import type { Shell } from './shell.ts'
import { Source } from './source.ts'

/** Makes the process note a signal for its trap. */
export function* catchSignal(shell: Shell, signal: number): Program<void> {
  yield* shell.system.sigaction(signal, {
    *handler() {
      shell.pendingSignals.push(signal)
    },
  })
}

/** Runs the traps of the signals that have come since. */
export function* runPendingTraps(shell: Shell): Program<void> {
  for (let signal = shell.pendingSignals.shift(); signal !== undefined; signal = shell.pendingSignals.shift()) {
    const command = shell.state.traps.get(signalByNumber(signal)?.name ?? '')
    if (command) yield* runTrap(shell, command)
  }
}

/** The number of the signal that waits for its trap, or undefined. */
export function pendingTrap(shell: Shell): number | undefined {
  return shell.pendingSignals[0]
}

/** Runs the EXIT trap, once, and gives the status to exit with. */
export function* runExitTrap(shell: Shell, status: number): Program<number> {
  const command = shell.state.traps.get('EXIT')
  shell.state.traps.delete('EXIT')
  if (!command) return status
  shell.state.lastStatus = status
  try {
    yield* shell.interpreter.runText(shell, new Source(command, shell.line), 'trap')
  } catch (error) {
    if (error instanceof ShellExit) return error.status
    throw error
  }
  return status
}

/** Runs the ERR trap. */
export function* runErrTrap(shell: Shell): Program<void> {
  const command = shell.state.traps.get('ERR')
  if (!command || (shell.state.functionNames.length > 0 && !shell.options.errtrace)) return
  shell.state.traps.delete('ERR')
  yield* runTrap(shell, command)
  if (!shell.state.traps.has('ERR')) shell.state.traps.set('ERR', command)
}

function* runTrap(shell: Shell, command: string): Program<void> {
  const { lastStatus, pipeStatus } = shell.state
  const { line, source } = shell
  yield* shell.interpreter.runText(shell, new Source(command, line, source.file), 'trap')
  shell.source = source
  shell.line = line
  shell.state.lastStatus = lastStatus
  shell.state.pipeStatus = pipeStatus
}
