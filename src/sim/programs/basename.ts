// basename(1), dirname(1), pwd(1) and which(1): names without files.
import { type Main, SystemCallError } from '../kernel/system.ts'
import { writeOut } from './stdio.ts'
import { attempt, type Family, misuse, utility } from './utility.ts'

function baseOf(path: string, suffix = ''): string {
  const trimmed = path.replace(/(?!^)\/+$/, '')
  const base = trimmed === '/' || /^\/+$/.test(trimmed) ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1)
  return suffix !== '' && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base
}

function directoryOf(path: string): string {
  const trimmed = path.replace(/(?!^)\/+$/, '')
  if (/^\/+$/.test(trimmed)) return '/'
  const end = trimmed.lastIndexOf('/')
  return end < 0 ? '.' : trimmed.slice(0, end).replace(/(?!^)\/+$/, '') || '/'
}

const basenameOptions = [
  { names: ['a', 'multiple'] },
  { names: ['s', 'suffix'], value: 'required' },
  { names: ['z', 'zero'] },
] as const

export const basenameMain = (family: Family): Main =>
  utility(family, { name: 'basename', options: basenameOptions, synopsis: 'NAME [SUFFIX]' }, function* basename(call) {
    const { system, has, value, operands } = call
    const [path, suffix, extra] = operands
    if (path === undefined) throw misuse('missing operand')
    const end = has('z') ? '\0' : '\n'
    if (has('a') || has('s')) {
      yield* writeOut(system, operands.map((each) => baseOf(each, value('s')) + end).join(''))
      return 0
    }
    if (extra !== undefined) throw misuse(`extra operand ${call.quote(extra)}`)
    yield* writeOut(system, baseOf(path, suffix) + end)
    return 0
  })

export const dirnameMain = (family: Family): Main =>
  utility(
    family,
    { name: 'dirname', options: [{ names: ['z', 'zero'] }], synopsis: 'NAME...' },
    function* dirname(call) {
      if (call.operands.length === 0) throw misuse('missing operand')
      const end = call.has('z') ? '\0' : '\n'
      yield* writeOut(call.system, call.operands.map((each) => directoryOf(each) + end).join(''))
      return 0
    },
  )

export const pwdMain = (family: Family): Main =>
  utility(family, { name: 'pwd', options: [{ names: ['L'] }, { names: ['P'] }] }, function* pwd({ system }) {
    yield* writeOut(system, `${yield* system.getcwd()}\n`)
    return 0
  })

export const whichMain = (family: Family): Main =>
  utility(
    family,
    { name: 'which', options: [{ names: ['a'] }, { names: ['s'] }], synopsis: '[-a] NAME...' },
    function* which({ system, has, operands, environment }) {
      let status = operands.length === 0 ? 1 : 0
      for (const name of operands) {
        const places = name.includes('/')
          ? [name]
          : (environment.get('PATH') ?? '').split(':').map((directory) => `${directory || '.'}/${name}`)
        const found: string[] = []
        for (const place of places) {
          const stat = yield* attempt(system.stat(place))
          if (stat instanceof SystemCallError || stat.type !== 'regular' || (stat.mode & 0o111) === 0) continue
          found.push(place)
          if (!has('a')) break
        }
        if (found.length === 0) status = 1
        if (!has('s')) yield* writeOut(system, found.map((place) => `${place}\n`).join(''))
      }
      return status
    },
  )
