// What the session's bash itself runs: a loop that takes a cell from stdin, evaluates it, and says how it ended.
//
// The loop is one line of a script, so that line 1 of a cell is line 1 in bash's messages. It is not a function, where
// `declare` would make local variables. It is nested, so that a stray `break` in a cell leaves an inner loop only; the
// end is told in the loop's condition, which comes next however the cell was left.
import { quote } from './quote.ts'
import type { SessionFiles } from './session-files.ts'

/**
 * The signal that asks the shell to abandon its cell. Hardly any program uses it, so it is left alone by lessons on
 * signals, and bash gives it back its default disposition in every child.
 */
export const abandonSignal = 'SIGVTALRM'

/** What a shell exits with that could not leave its cell and has saved its state. */
export const savedExitCode = 130

// How many loops a stray `break N` may leave before the shell ends.
const nesting = 8

// Descriptors that the host let its children inherit; 255 is bash's own, for this very script.
const closeInherited =
  'for REPLY in /dev/fd/*; do REPLY=${REPLY##*/}; case $REPLY in [012] | 255) ;; *) builtin eval "exec $REPLY>&-" ;; esac; done; ' +
  'builtin unset REPLY'

const take = "IFS= builtin read -r -d ''"

/**
 * The script's text. It tells an end of cell 0 when it is ready.
 *
 * @param restore the directory to start in; with `environment`, exported variables too are those of the shell before
 */
export function driverScript(files: SessionFiles, restore: { cwd: string; environment: boolean }): string {
  const control = quote(files.control)
  const condition = [
    // First of all, so that a request to abandon that comes too late is known as such.
    'PAUSE_LAB_STATUS=${PAUSE_LAB_ABANDONED:-$?} PAUSE_LAB_ABANDONED= PAUSE_LAB_BUSY=',
    // Before the end is told, as the shell may be killed at any time after.
    `builtin export -p >|${quote(files.environment)}`,
    `builtin printf 'end\\0%s\\0%s\\0%s\\0' "$PAUSE_LAB_STATUS" "\${PAUSE_LAB_CELL_NUMBER-0}" "$PWD" >|${control}`,
    `${take} PAUSE_LAB_CELL && ${take} PAUSE_LAB_DRIVE || builtin exit 0`,
  ].join('; ')
  let loop = `while ${condition}; do builtin eval "$PAUSE_LAB_DRIVE"; done`
  for (let depth = 1; depth < nesting; depth++) loop = `while builtin :; do ${loop}; done`

  const forget = 'builtin trap - DEBUG; builtin shopt -u extdebug; builtin set +TE'
  const onAbandon = `builtin printf 'abandoned\\0' >|${control}; if [[ -n $PAUSE_LAB_BUSY ]]; then ${abandonCell(files)}; fi`
  const commands = [
    closeInherited,
    'builtin set -m',
    ...(restore.environment ? [`builtin . ${quote(files.environment)} 2>/dev/null`] : []),
    `builtin cd -- ${quote(restore.cwd)} || builtin cd`,
    'builtin unset OLDPWD',
    `builtin trap ${quote(onAbandon)} ${abandonSignal}`,
    // As in an interactive bash, an interrupt ends the cell and not the shell.
    `builtin trap ${quote(abandonCell(files))} SIGINT`,
    `while ${forget}; do ${loop}; done`,
  ]
  return `${commands.join('; ')}\n`
}

const inFunction = '((${#FUNCNAME[@]}))'

/**
 * Leaves the cell from wherever bash is, without ending the shell. A DEBUG trap runs before each further command: it
 * leaves functions and sourced files by `return`, with all their loops, and everything else by `continue` up to the
 * driver's outermost loop. As it fails, `extdebug` skips the command itself. The driver's first command lifts it.
 */
function abandonCell(files: SessionFiles): string {
  // In a system call that bash takes up again, such as opening a FIFO, there is no further command but those of this
  // very handler, when it is asked for the second time: then the shell saves what it can and exits.
  const save = `{ builtin declare -p; builtin declare -f; } >|${quote(files.environment)} 2>/dev/null`
  const skip =
    `if [[ $BASH_SUBSHELL == 0 && -e ${quote(files.leave)} ]]; then ${save}; builtin exit ${savedExitCode}; fi; ` +
    // The head of `for` and `select` is a command too: skipped, it would go on to the next word, and the loop never leave.
    'case $BASH_COMMAND in "builtin trap - DEBUG" | "for "* | "select "*) ;; ' +
    `*) if ${inFunction}; then builtin return 130; else ! builtin continue 999 2>/dev/null; fi;; esac`
  const install = `builtin trap ${quote(skip)} DEBUG`
  return (
    'PAUSE_LAB_ABANDONED=130; builtin shopt -s extdebug; ' +
    // Nothing may follow the trap: it would be skipped, and bash left half-way.
    `if ${inFunction}; then ${install}; builtin return 130; else ${install}; fi`
  )
}

export interface CellCall {
  number: number
  script: string
  /** Value of the variable that marks each process of this run. */
  marker: string
  stdout: string
  stderr: string
  /** `$?` as the cell before left it. */
  status: number
  /** Where the driver tells that it has begun. */
  control: string
  /** File to which the process groups of older jobs are written, if any. */
  jobs: string | undefined
}

/** What is written to the shell's stdin to run a cell. */
export function cellMessage(call: CellCall): string {
  const drive = [
    ...(call.jobs === undefined ? [] : [`builtin jobs -p >|${quote(call.jobs)}`]),
    `PAUSE_LAB_CELL_NUMBER=${call.number} PAUSE_LAB_BUSY=1`,
    `builtin printf 'begun\\0' >|${quote(call.control)}`,
    `builtin export ${markerVariable}=${quote(call.marker)}`,
    ...(call.status === 0 ? [] : [`(builtin exit ${call.status})`]),
    `builtin eval "$PAUSE_LAB_CELL" </dev/null >|${quote(call.stdout)} 2>|${quote(call.stderr)}`,
  ].join('; ')
  return `${call.script}\0${drive}\0`
}

/** The environment variable by which a run's processes are known, wherever they have gone. */
export const markerVariable = 'PAUSE_LAB_RUN'
