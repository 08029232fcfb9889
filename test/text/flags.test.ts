// How command lines are read: docker's own habits of flags, and pflag's error texts.
import { describe, expect, it } from 'vitest'
import {
  bool,
  duration,
  FlagError,
  type FlagRow,
  flagUsages,
  int,
  parseFlags,
  string,
  strings,
  uint16,
} from '../../src/text/flags.ts'

const rows: readonly FlagRow[] = [
  { name: 'interactive', shorthand: 'i', type: bool, usage: 'Keep STDIN open even if not attached' },
  { name: 'tty', shorthand: 't', type: bool, usage: 'Allocate a pseudo-TTY' },
  { name: 'publish', shorthand: 'p', type: { name: 'list' }, usage: "Publish a container's port(s) to the host" },
  { name: 'name', type: string, usage: 'Assign a name to the container' },
  { name: 'last', shorthand: 'n', type: int, default: '-1', usage: 'Show n last created containers' },
  { name: 'blkio-weight', type: uint16, usage: 'Block IO (relative weight)' },
  { name: 'health-interval', type: duration, usage: 'Time between running the check' },
  { name: 'subnet', type: strings, usage: 'Subnet in CIDR format that represents a network segment' },
  { name: 'pull', type: string, default: 'missing', usage: 'Pull image before running' },
  { name: 'help', shorthand: 'h', type: bool, shorthandDeprecated: 'use --help', usage: 'Print usage' },
  { name: 'time', type: int, deprecated: 'use --timeout instead', usage: 'Seconds' },
]

/** What a command line gives: `name=values` in order of appearance, then the operands; or the error. */
function check(line: string, expected: string, interspersed = true): void {
  let found: string
  try {
    const parsed = parseFlags(rows, line.split(' ').filter(Boolean), { interspersed })
    const flags = parsed.given().map((name) => `${name}=${parsed.list(name).join('+')}`)
    found = [...flags, ...parsed.operands.map((operand) => `<${operand}>`), ...parsed.warnings].join(' ')
  } catch (error) {
    found = error instanceof FlagError ? error.message : `not a FlagError: ${error}`
  }
  expect(found).toBe(expected)
}

describe('flags as docker users write them', () => {
  it('reads a cluster whose last letter takes the next argument', () => {
    check('-itp 80:80 alpine', 'interactive=true tty=true publish=80:80 <alpine>')
  })
  it('reads a value that hangs on its letter', () => check('-p81:81 -n2', 'publish=81:81 last=2'))
  it('reads a value after an equals sign', () => check('-it=false --name=a=b', 'interactive=true tty=false name=a=b'))
  it('gathers a repeated flag', () => check('-p 1:1 -p 2:2', 'publish=1:1+2:2'))
  it('splits only what is a list of strings', () => check('--subnet a,b -p 1,2', 'subnet=a+b publish=1,2'))
  it('goes on after an operand', () => check('web -t', 'tty=true <web>'))
  it('stops at the first operand when told so', () => check('-t alpine ps -ef', 'tty=true <alpine> <ps> <-ef>', false))
  it('stops at two dashes', () => check('-- -t', '<-t>'))
  it('takes a single dash for an operand', () => check('- -t', 'tty=true <->'))
  it('lets a flag take a value that looks like a flag', () => check('--name --rm', 'name=--rm'))
  it('reads numbers in all bases of Go', () => check('-n 0x10 --blkio-weight 017', 'last=16 blkio-weight=15'))
  it('warns of a deprecated shorthand', () => {
    check('-h', 'help=true Flag shorthand -h has been deprecated, use --help')
  })
  it('warns of a deprecated flag', () => {
    check('--time 3', 'time=3 Flag --time has been deprecated, use --timeout instead')
  })
})

describe('command lines that pflag refuses', () => {
  it.each([
    ['--nosuch', 'unknown flag: --nosuch'],
    ['--nosuch=1', 'unknown flag: --nosuch'],
    ['-Z', "unknown shorthand flag: 'Z' in -Z"],
    ['-itZp 80', "unknown shorthand flag: 'Z' in -Zp"],
    ['--name', 'flag needs an argument: --name'],
    ['-ip', "flag needs an argument: 'p' in -p"],
    ['--=x', 'bad flag syntax: --=x'],
    ['---x', 'bad flag syntax: ---x'],
    ['-n x', 'invalid argument "x" for "-n, --last" flag: strconv.ParseInt: parsing "x": invalid syntax'],
    [
      '-n 9223372036854775808',
      'invalid argument "9223372036854775808" for "-n, --last" flag: strconv.ParseInt: parsing "9223372036854775808": value out of range',
    ],
    [
      '--blkio-weight 65536',
      'invalid argument "65536" for "--blkio-weight" flag: strconv.ParseUint: parsing "65536": value out of range',
    ],
    [
      '-i=maybe',
      'invalid argument "maybe" for "-i, --interactive" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    ['--health-interval 5', 'invalid argument "5" for "--health-interval" flag: time: missing unit in duration "5"'],
  ])('%s', (line, message) => check(line, message))
})

it('answers for flags that were not given', () => {
  const parsed = parseFlags(rows, [])
  expect([parsed.text('pull'), parsed.number('last'), parsed.bool('tty'), parsed.changed('tty')]).toEqual([
    'missing',
    -1,
    false,
    false,
  ])
})

it('refuses to answer for a flag that the table does not have', () => {
  expect(() => parseFlags(rows, []).bool('nosuch')).toThrow('no row for the flag --nosuch')
})

it('writes the help sorted, aligned and wrapped', () => {
  expect(flagUsages(rows.slice(0, 5), 60)).toBe(`\
  -i, --interactive    Keep STDIN open even if not attached
  -n, --last int       Show n last created containers
                       (default -1)
      --name string    Assign a name to the container
  -p, --publish list   Publish a container's port(s)
                       to the host
  -t, --tty            Allocate a pseudo-TTY
`)
})
