// Random scripts of what people type: docker, kill, wait and shell commands over a few names, so that they meet.
import { type Arbitrary, array, constant, constantFrom, oneof, tuple } from 'fast-check'

const name = constantFrom('web', 'db', 'app')
const signal = constantFrom('TERM', 'KILL', 'HUP', 'USR1', 'INT', 'WINCH', '9', 'NOSUCH')
const variable = constantFrom('x', 'y')
const value = constantFrom('1', 'abc', "'a b'", '""', '$x', '"$y"', '$((1 + 2))', '$(echo sub)')

/** A command whose places are filled in turn. */
function command(parts: readonly string[], ...places: readonly Arbitrary<string>[]): Arbitrary<string> {
  return tuple(...places).map((fills) => parts.map((part, index) => part + (fills[index] ?? '')).join(''))
}

const plain = (text: string): Arbitrary<string> => constant(text)

const dockerCommands: readonly Arbitrary<string>[] = [
  command(['docker run -d --name ', ' alpine sleep 100 > /dev/null'], name),
  command(['docker run -d --name ', ' registry.k8s.io/pause:3.9 > /dev/null'], name),
  command(['docker create --name ', ' alpine sh -c "exit 3" > /dev/null'], name),
  command(['docker run -d --name ', ' --network container:', ' alpine sleep 100 > /dev/null'], name, name),
  command(['docker run --rm --name ', ' alpine sh -c "echo in; exit 4"'], name),
  command(['docker start '], name),
  command(['docker stop -t 0 '], name),
  command(['docker restart -t 0 '], name),
  command(['docker kill '], name),
  command(['docker kill -s ', ' '], signal, name),
  command(['docker pause '], name),
  command(['docker unpause '], name),
  command(['docker rm '], name),
  command(['docker rm -f '], name),
  command(['docker rename ', ' '], name, name),
  command(['docker logs '], name),
  command(['docker exec ', ' echo inside'], name),
  command(["docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.State.Paused}}' "], name),
  command(["docker inspect -f '{{.Name}} {{.RestartCount}} {{json .Config.Cmd}}' "], name),
  command(['docker update --restart ', ' '], constantFrom('always', 'no', 'on-failure:2', 'never'), name),
  plain("docker ps -a --format '{{.Names}} {{.State}}' | sort"),
  plain("docker ps --format '{{.Names}}' | sort"),
  command(['docker ps -a --filter name=', " --format '{{.Names}}' | sort"], name),
  plain('docker container prune -f | wc -l'),
]

const shellCommands: readonly Arbitrary<string>[] = [
  plain('sleep 100 &'),
  plain('(exit 3) & wait $!'),
  plain('kill $!'),
  command(['kill -', ' $!'], signal),
  plain('kill %1'),
  plain('kill $(jobs -p) 2> /dev/null; wait 2> /dev/null'),
  plain('kill $! 2> /dev/null; wait $! 2> /dev/null'),
  plain('jobs'),
  plain('true'),
  plain('false'),
  plain('nosuch'),
  plain('(exit 7)'),
  command(['', '=', ''], variable, value),
  command(
    ['echo "', '" $', ' "$', '"'],
    value.map((text) => text.replaceAll('"', '')),
    variable,
    variable,
  ),
  command(['unset '], variable),
  command(['echo ${', ':-unset} ${#', '}'], variable, variable),
  command(['[ "$', '" = ', ' ]'], variable, value),
  command(['case $', ' in 1) echo one;; a*) echo a;; *) echo other;; esac'], variable),
  command(['for i in ', '; do echo "[$i]"; done'], value),
  command(['echo ', ' | { read v; echo "<$v>"; }'], value),
  command(['trap "echo trapped" ', '; kill -', ' $$; trap - USR1 HUP'], plain('USR1'), plain('USR1')),
  plain('false | true; echo "${PIPESTATUS[@]}"'),
  plain('cd /tmp; pwd; cd /nosuch'),
  plain('f() { return 5; }; f'),
]

const line = oneof(
  { weight: 3, arbitrary: oneof(...dockerCommands) },
  { weight: 2, arbitrary: oneof(...shellCommands) },
).map((text) => `${text}${text.endsWith('&') ? '' : '; echo "status $?"'}`)

/** Scripts of up to twelve lines; each tells its status. */
export const fuzzScript: Arbitrary<string> = array(line, { minLength: 1, maxLength: 12 }).map(
  (lines) => `${lines.join('\n')}\n`,
)
