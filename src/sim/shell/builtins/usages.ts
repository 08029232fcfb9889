// Options of bash's builtins and the usage line that each prints after a wrong one.
import { CommandError } from '../control.ts'

interface Usage {
  /** Letters of its options, where the builtin leaves looking at them to this table. */
  readonly letters?: string
  readonly text: string
}

const mapfile = '[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]'

const usages: Readonly<Record<string, Usage>> = {
  '.': { letters: '', text: 'filename [arguments]' },
  alias: { letters: 'p', text: '[-p] [name[=value] ... ]' },
  bg: { text: '[job_spec ...]' },
  builtin: { letters: '', text: '[shell-builtin [arg ...]]' },
  cd: { letters: 'LPe@', text: '[-L|[-P [-e]] [-@]] [dir]' },
  command: { letters: 'pVv', text: '[-pVv] command [arg ...]' },
  declare: { text: '[-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]' },
  compgen: {
    text: '[-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]',
  },
  complete: {
    text: '[-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]',
  },
  dirs: { letters: 'clpv0123456789', text: '[-clpv] [+N] [-N]' },
  disown: { letters: 'arh', text: '[-h] [-ar] [jobspec ... | pid ...]' },
  eval: { letters: '', text: '[arg ...]' },
  exec: { text: '[-cl] [-a name] [command [argument ...]] [redirection ...]' },
  export: { text: '[-fn] [name[=value] ...] or export -p' },
  fg: { text: '[job_spec]' },
  getopts: { letters: '', text: 'optstring name [arg ...]' },
  hash: { letters: 'lrptd', text: '[-lr] [-p pathname] [-dt] [name ...]' },
  jobs: { letters: 'lnprsx', text: '[-lnprs] [jobspec ...] or jobs -x command [args]' },
  kill: { text: '[-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]' },
  local: { text: '[option] name[=value] ...' },
  mapfile: { letters: 'dnOstuCc', text: mapfile },
  printf: { letters: 'v', text: '[-v var] format [arguments]' },
  pwd: { letters: 'LP', text: '[-LP]' },
  read: {
    text: '[-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]',
  },
  readarray: { letters: 'dnOstuCc', text: mapfile },
  readonly: { text: '[-aAf] [name[=value] ...] or readonly -p' },
  shopt: { letters: 'pqsuo', text: '[-pqsu] [-o] [optname ...]' },
  source: { letters: '', text: 'filename [arguments]' },
  times: { letters: '', text: '' },
  trap: { letters: 'lp', text: '[-lp] [[arg] signal_spec ...]' },
  type: { letters: 'afptP', text: '[-afptP] name [name ...]' },
  typeset: { text: '[-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]' },
  ulimit: { text: '[-SHabcdefiklmnpqrstuvxPRT] [limit]' },
  umask: { letters: 'pS', text: '[-p] [-S] [mode]' },
  unalias: { letters: 'a', text: '[-a] name [name ...]' },
  unset: { letters: 'fvn', text: '[-f] [-v] [-n] [name ...]' },
  wait: { letters: 'fnp', text: '[-fn] [-p var] [id ...]' },
}

/** The error of a builtin that was called wrongly: what is wrong, if it says so, and its usage; status 2. */
export function usageError(name: string, problem?: string): CommandError {
  const usage = `${name}: usage: ${`${name} ${usages[name]?.text ?? ''}`.trimEnd()}`
  return new CommandError(problem === undefined ? usage : `${name}: ${problem}\n${usage}`, 2)
}

/** @throws CommandError for an option that the builtin does not have */
export function checkOptions(argv: readonly string[]): void {
  const [name = '', ...words] = argv
  const letters = usages[name]?.letters
  if (letters === undefined) return
  for (const word of words) {
    if (!/^-./.test(word) || word === '--') return
    for (const letter of word.slice(1)) {
      if (!letters.includes(letter)) throw usageError(name, `-${letter}: invalid option`)
      if (takesValue[name]?.includes(letter)) break
    }
  }
}

const takesValue: Readonly<Record<string, string>> = {
  hash: 'p',
  mapfile: 'dnOsuCc',
  readarray: 'dnOsuCc',
  printf: 'v',
  wait: 'p',
}
