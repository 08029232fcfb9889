// id(1), whoami(1) and groups(1).
import type { Main, Program, System } from '../kernel/system.ts'
import { attempt, Failure, type Family, misuse, utility } from './utility.ts'
import { SystemCallError } from '../kernel/system.ts'
import { lines, readText, writeOut } from './stdio.ts'
import { type NameTables, readNameTables } from './name-tables.ts'

interface Identity {
  readonly uid: number
  readonly euid: number
  readonly gid: number
  readonly egid: number
  readonly groups: readonly number[]
  /** Whether the process has a list of groups at all, getgroups(2); busybox prints none without. */
  readonly listed: boolean
}

function* ownIdentity(system: System): Program<Identity> {
  const user = yield* system.getresuid()
  const group = yield* system.getresgid()
  const supplementary = yield* system.getgroups()
  const groups = [group.effective, ...supplementary.filter((each) => each !== group.effective)]
  return {
    uid: user.real,
    euid: user.effective,
    gid: group.real,
    egid: group.effective,
    groups,
    listed: supplementary.length > 0,
  }
}

/** What passwd(5) and group(5) say of a user's name or number. */
function* knownIdentity(system: System, user: string): Program<Identity | undefined> {
  const passwd = yield* tableText(system, '/etc/passwd')
  const row = lines(passwd)
    .map((line) => line.split(':'))
    .find(([name, , id]) => name === user || id === user)
  if (row === undefined) return undefined
  const gid = Number(row[3])
  const others = lines(yield* tableText(system, '/etc/group'))
    .map((line) => line.split(':'))
    .filter(([, , id, members = '']) => Number(id) !== gid && members.split(',').includes(row[0] ?? ''))
    .map(([, , id]) => Number(id))
  const uid = Number(row[2])
  return { uid, euid: uid, gid, egid: gid, groups: [gid, ...others], listed: others.length > 0 }
}

function* tableText(system: System, path: string): Program<string> {
  const text = yield* attempt(readText(system, path))
  return text instanceof SystemCallError ? '' : text
}

const options = [
  { names: ['u', 'user'] },
  { names: ['g', 'group'] },
  { names: ['G', 'groups'] },
  { names: ['n', 'name'] },
  { names: ['r', 'real'] },
  { names: ['a'] },
  { names: ['z', 'zero'] },
] as const

export const idMain = (family: Family): Main =>
  utility(family, { name: 'id', options, synopsis: '[OPTION]... [USER]' }, function* id(call) {
    const { system, has, operands } = call
    const [user] = operands
    if (has('z') && !['u', 'g', 'G'].some(has)) throw new Failure('option --zero not permitted in default format')
    const identity = user === undefined ? yield* ownIdentity(system) : yield* knownIdentity(system, user)
    if (identity === undefined) {
      throw new Failure(family === 'gnu' ? `${call.quote(user ?? '')}: no such user` : `unknown user ${user}`)
    }
    const names = yield* readNameTables(system)
    yield* writeOut(system, `${describe(identity, names, has, family)}\n`)
    return 0
  })

function describe(identity: Identity, names: NameTables, has: (option: string) => boolean, family: Family): string {
  const { uid, euid, gid, egid, groups, listed } = identity
  const shown = (id: number, table: ReadonlyMap<number, string>) => (has('n') ? (table.get(id) ?? String(id)) : id)
  if (has('u')) return String(shown(has('r') ? uid : euid, names.users))
  if (has('g')) return String(shown(has('r') ? gid : egid, names.groups))
  if (has('G')) return groups.map((each) => shown(each, names.groups)).join(' ')
  const both = (id: number, table: ReadonlyMap<number, string>) => {
    const name = table.get(id)
    return name === undefined ? String(id) : `${id}(${name})`
  }
  let text = `uid=${both(uid, names.users)} gid=${both(gid, names.groups)}`
  if (euid !== uid) text += ` euid=${both(euid, names.users)}`
  if (egid !== gid) text += ` egid=${both(egid, names.groups)}`
  if (family === 'busybox' && !listed) return text
  return `${text} groups=${groups.map((each) => both(each, names.groups)).join(',')}`
}

export const whoamiMain = (family: Family): Main =>
  utility(family, { name: 'whoami', synopsis: '' }, function* whoami(call) {
    const { system, operands } = call
    if (operands[0] !== undefined) throw misuse(`extra operand ${call.quote(operands[0])}`)
    const { effective } = yield* system.getresuid()
    const { users } = yield* readNameTables(system)
    const name = users.get(effective)
    if (name === undefined) {
      throw new Failure(family === 'gnu' ? `cannot find name for user ID ${effective}` : `unknown uid ${effective}`)
    }
    yield* writeOut(system, `${name}\n`)
    return 0
  })

export const groupsMain = (family: Family): Main =>
  utility(family, { name: 'groups', synopsis: '[USERNAME]...' }, function* groups({ system, operands, quote }) {
    const names = yield* readNameTables(system)
    const text = (identity: Identity) => identity.groups.map((each) => names.groups.get(each) ?? each).join(' ')
    if (operands.length === 0) yield* writeOut(system, `${text(yield* ownIdentity(system))}\n`)
    for (const user of operands) {
      const identity = yield* knownIdentity(system, user)
      if (identity === undefined) throw new Failure(`${quote(user)}: no such user`)
      yield* writeOut(system, `${user} : ${text(identity)}\n`)
    }
    return 0
  })
