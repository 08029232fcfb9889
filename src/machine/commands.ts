// Small commands that stand first on a session's PATH: `docker`, which labels what it makes as ours, and stand-ins for
// programs that need a terminal, which fail at once and say what to do instead.
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { imageLabel, ours, sessionLabel } from './labels.ts'
import { findProgram } from './platform.ts'
import { quote } from './quote.ts'

interface TerminalProgram {
  names: readonly string[]
  /** What to do instead, a sentence. */
  instead: string
  /** An argument with which the program does without a terminal. */
  unless?: string
}

const terminalPrograms: readonly TerminalProgram[] = [
  { names: ['less', 'more', 'most'], instead: 'Use `cat`, or `head` and `tail` for a part' },
  {
    names: ['vi', 'vim', 'nvim', 'view', 'vimdiff', 'nano', 'pico', 'emacs', 'micro', 'editor'],
    instead: 'Edit the file beside the notebook, or write it with `cat > FILE <<EOF`',
  },
  { names: ['top'], instead: 'Use `ps`, or `top -b -n 1`', unless: '-b' },
  { names: ['htop', 'btop', 'atop', 'ctop'], instead: 'Use `ps` or `docker stats --no-stream`' },
  { names: ['watch'], instead: 'Run the command again, or write a `for` loop with `sleep`' },
  { names: ['tmux', 'screen', 'mc', 'k9s'], instead: 'Open a terminal of its own for it' },
]

/** Exit code of a program that got no terminal. */
const refused = 1

export interface CommandsOptions {
  /** Where they go; it is made. */
  directory: string
  /** The session's control FIFO, which takes hints. */
  control: string
  /** PATH without our directory: where the real programs are. */
  path: string
  /** The session whose labels `docker` puts on what it makes; none, and docker stays as it is. */
  session: string | undefined
}

export async function writeCommands({ directory, control, path, session }: CommandsOptions): Promise<void> {
  await mkdir(directory, { recursive: true })
  const rows = await Promise.all(terminalPrograms.map((program) => terminalRow(program, path)))
  await writeScript(join(directory, 'needs-terminal'), terminalScript(rows, control))
  await Promise.all(
    terminalPrograms.flatMap(({ names }) => names.map((name) => symlink('needs-terminal', join(directory, name)))),
  )
  const docker = session === undefined ? undefined : await findProgram('docker', path)
  if (docker !== undefined && session !== undefined) {
    await writeScript(join(directory, 'docker'), dockerScript(docker, session))
  }
}

async function writeScript(path: string, text: string): Promise<void> {
  await writeFile(path, text)
  await chmod(path, 0o755)
}

async function terminalRow({ names, instead, unless }: TerminalProgram, path: string): Promise<string> {
  const real = unless === undefined ? undefined : await findProgram(names[0] ?? '', path)
  const escape = unless === undefined || real === undefined ? '' : ` unless=${quote(unless)} real=${quote(real)}`
  return `  ${names.join(' | ')}) instead=${quote(instead)}${escape} ;;`
}

function terminalScript(rows: readonly string[], control: string): string {
  return `#!/bin/sh
# Stands in for programs that need a terminal: a cell has none.
name=\${0##*/} unless= real=
case $name in
${rows.join('\n')}
esac
for argument; do
  case $argument in
    "$unless"*) [ -z "$real" ] || exec "$real" "$@" ;;
  esac
done
hint="\\\`$name\\\` needs a terminal, and a cell has none. $instead."
printf '%s: %s\\n' "$name" "$hint" >&2
printf 'hint\\0%s\\0' "$hint" > ${quote(control)}
exit ${refused}
`
}

/** Puts our labels behind the word of each command that makes something; all else goes through untouched. */
function dockerScript(real: string, session: string): string {
  return `#!/bin/sh
# docker, with Pause Lab's labels on what it makes.
docker=${quote(real)}
label='--label ${ours.name}=${ours.value} --label ${sessionLabel}=${session}'
image='--label ${imageLabel}=${session}'

# Words of the command line until the command: global options, then one or two words.
before= group= words=0
for word; do
  words=$((words + 1))
  case $before in
    -H | --host | -c | --context | -l | --log-level | --config | --tlscacert | --tlscert | --tlskey)
      before=
      continue
      ;;
  esac
  case $word in
    -*)
      before=$word
      continue
      ;;
  esac
  case "$group $word" in
    ' container' | ' network' | ' volume' | ' image' | ' builder' | ' buildx')
      group=$word
      continue
      ;;
    ' run' | ' create' | 'container run' | 'container create' | 'network create' | 'volume create') add=$label ;;
    ' build' | 'image build' | 'builder build' | 'buildx build') add=$image ;;
    *) exec "$docker" "$@" ;;
  esac

  # Turns the arguments round once, and puts the labels in behind the command.
  total=$# at=0
  while [ "$at" -lt "$total" ]; do
    at=$((at + 1))
    argument=$1
    shift
    set -- "$@" "$argument"
    if [ "$at" = "$words" ]; then set -- "$@" $add; fi
  done
  exec "$docker" "$@"
done
exec "$docker" "$@"
`
}
