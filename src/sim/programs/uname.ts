// uname(1), hostname(1), nproc(1), arch(1) and uptime(1).
import { type Main, SystemCallError, type UtsName } from '../kernel/system.ts'
import { lines, readText, writeOut } from './stdio.ts'
import { attempt, Failure, type Family, misuse, utility } from './utility.ts'

/** In the order in which they are printed: letter, long name, value. */
const parts: readonly (readonly [string, string, (uts: UtsName) => string])[] = [
  ['s', 'kernel-name', (uts) => uts.sysname],
  ['n', 'nodename', (uts) => uts.nodename],
  ['r', 'kernel-release', (uts) => uts.release],
  ['v', 'kernel-version', (uts) => uts.version],
  ['m', 'machine', (uts) => uts.machine],
  ['p', 'processor', () => 'unknown'],
  ['i', 'hardware-platform', () => 'unknown'],
  // Alpine's busybox is built without glibc, and says so.
  ['o', 'operating-system', () => 'GNU/Linux'],
]

const unameOptions = [{ names: ['a', 'all'] }, ...parts.map(([letter, name]) => ({ names: [letter, name] }))]

export const unameMain = (family: Family): Main =>
  utility(family, { name: 'uname', options: unameOptions }, function* uname(call) {
    const { system, has, operands } = call
    if (operands[0] !== undefined) throw misuse(`extra operand ${call.quote(operands[0])}`)
    const uts = yield* system.uname()
    const any = parts.some(([letter]) => has(letter))
    const shown = parts
      .filter(([letter]) => has(letter) || (has('a') ? letter !== 'p' && letter !== 'i' : !any && letter === 's'))
      .map(([letter, , value]) => (letter === 'o' && family === 'busybox' ? 'Linux' : value(uts)))
    yield* writeOut(system, `${shown.join(' ')}\n`)
    return 0
  })

export const archMain: Main = function* arch(system) {
  yield* writeOut(system, `${(yield* system.uname()).machine}\n`)
  return 0
}

const hostnameOptions = [
  { names: ['f', 'fqdn', 'long'] },
  { names: ['s', 'short'] },
  { names: ['i', 'ip-address'] },
  { names: ['I', 'all-ip-addresses'] },
  { names: ['d', 'domain'] },
  { names: ['a', 'alias'] },
  { names: ['A', 'all-fqdns'] },
  { names: ['b', 'boot'] },
  { names: ['y', 'yp', 'nis'] },
  { names: ['F', 'file'], value: 'required' },
  { names: ['version', 'V'] },
] as const

const hostnameUsage = `Usage: hostname [-b] {hostname|-F file}         set host name (from file)
       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name
       hostname                                 display host name

       {yp,nis,}domainname {nisdomain|-F file}  set NIS domain name (from file)
       {yp,nis,}domainname                      display NIS domain name

       dnsdomainname                            display dns domain name

       hostname -V|--version|-h|--help          print info and exit
`

export const hostnameMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'hostname',
      options: hostnameOptions,
      shortName: true,
      usage: hostnameUsage,
      usageStatus: family === 'gnu' ? 255 : 1,
      version: 'hostname 3.25',
      busyboxUsage:
        "[-sidf] [HOSTNAME | -F FILE]\n\nShow or set hostname or DNS domain name\n\n\t-s\tShort\n\t-i\tAddresses for the hostname\n\t-d\tDNS domain name\n\t-f\tFully qualified domain name\n\t-F FILE\tUse FILE's content as hostname",
    },
    function* hostname(call) {
      const { system, has, operands } = call
      const [name] = operands
      if (name !== undefined) {
        const failed = yield* attempt(system.sethostname(name))
        if (failed instanceof SystemCallError) {
          throw new Failure(
            failed.errno === 'EPERM' && family === 'gnu'
              ? 'you must be root to change the host name'
              : `sethostname: ${failed.message}`,
          )
        }
        return 0
      }
      const { nodename } = yield* system.uname()
      if (has('I')) {
        const { addresses } = yield* system.rtnetlink({ type: 'RTM_GETADDR' })
        const own = addresses.filter(({ scope }) => scope === 'global').map(({ address }) => `${address} `)
        yield* writeOut(system, `${own.join('')}\n`)
      } else if (has('i')) {
        const hosts = yield* attempt(readText(system, '/etc/hosts'))
        const found = lines(hosts instanceof SystemCallError ? '' : hosts).find((line) =>
          line.split(/\s+/).slice(1).includes(nodename),
        )
        if (found === undefined) throw new Failure('Name or service not known')
        yield* writeOut(system, `${found.split(/\s+/)[0]}\n`)
      } else if (has('d')) yield* writeOut(system, `${nodename.split('.').slice(1).join('.')}\n`)
      else yield* writeOut(system, `${has('s') ? nodename.split('.')[0] : nodename}\n`)
      return 0
    },
  )

const nprocOptions = [{ names: ['all'] }, { names: ['ignore'], value: 'required' }] as const

export const nprocMain = (family: Family): Main =>
  utility(family, { name: 'nproc', options: nprocOptions }, function* nproc({ system, operands, value, quote }) {
    if (operands[0] !== undefined) throw misuse(`extra operand ${quote(operands[0])}`)
    const ignored = value('ignore') ?? '0'
    if (!/^\d+$/.test(ignored)) throw new Failure(`invalid number: ${quote(ignored)}`)
    const count = lines(yield* readText(system, '/proc/cpuinfo')).filter((line) => line.startsWith('processor')).length
    yield* writeOut(system, `${Math.max(1, count - Number(ignored))}\n`)
    return 0
  })
