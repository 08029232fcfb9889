// Programs that want a terminal: there is none here, so they refuse at once, and a hint says what to use instead.

/** Program, and what a learner can do instead. */
export const terminalPrograms: ReadonlyMap<string, string> = new Map([
  ['less', 'use cat, head or tail: the whole output stands below the cell'],
  ['more', 'use cat, head or tail: the whole output stands below the cell'],
  ['man', 'use --help, or read the page at man7.org'],
  ['vi', 'write the file with cat > FILE <<EOF'],
  ['vim', 'write the file with cat > FILE <<EOF'],
  ['nvim', 'write the file with cat > FILE <<EOF'],
  ['nano', 'write the file with cat > FILE <<EOF'],
  ['emacs', 'write the file with cat > FILE <<EOF'],
  ['top', 'use top -b -n 1, or ps'],
  ['htop', 'use ps -ef'],
  ['watch', 'run the command again, or in a loop with sleep'],
  ['ssh', 'this machine has no other machines around it'],
  ['screen', 'start a background job with &'],
  ['tmux', 'start a background job with &'],
])

/** The message with which such a program ends. */
export function refusal(name: string): string {
  return `${name}: there is no terminal here`
}

/** Hints for the refusals that stand in a run's errors. */
export function hintsFor(errors: string): string[] {
  // `failed tty get` is top's own way to say it.
  const names = [...errors.matchAll(/^([a-z]+): (?:there is no terminal here|failed tty get)$/gm)].map(
    (match) => match[1] ?? '',
  )
  return [...new Set(names)].map(
    (name) => `${name} needs a terminal, which a cell does not have: ${terminalPrograms.get(name)}.`,
  )
}
