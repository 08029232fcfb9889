// uniq(1): adjacent lines that are equal, once.
import { type Main, SystemCallError } from '../kernel/system.ts'
import { BufferedOutput, LineReader } from './stdio.ts'
import { attempt, Failure, type Family, utility } from './utility.ts'

const options = [
  { names: ['c', 'count'] },
  { names: ['d', 'repeated'] },
  { names: ['D'] },
  { names: ['u', 'unique'] },
  { names: ['i', 'ignore-case'] },
  { names: ['f', 'skip-fields'], value: 'required' },
  { names: ['s', 'skip-chars'], value: 'required' },
  { names: ['w', 'check-chars'], value: 'required' },
] as const

export const uniqMain = (family: Family): Main =>
  utility(family, { name: 'uniq', options, synopsis: '[OPTION]... [INPUT [OUTPUT]]' }, function* uniq(call) {
    const { system, has, value, operands } = call
    const [input = '-', output] = operands
    const fd = input === '-' ? 0 : yield* attempt(system.open(input))
    if (fd instanceof SystemCallError) {
      throw new Failure(family === 'gnu' ? `${input}: ${fd.message}` : `can't open '${input}': ${fd.message}`)
    }
    const target = output === undefined ? 1 : yield* system.open(output, ['WRONLY', 'CREAT', 'TRUNC'])
    const compared = (line: string) => {
      const fields = Number(value('f') ?? 0)
      const rest = line.replace(new RegExp(`^(?:[ \\t]*[^ \\t]*){${fields}}`), '').slice(Number(value('s') ?? 0))
      const limited = value('w') === undefined ? rest : rest.slice(0, Number(value('w')))
      return has('i') ? limited.toLowerCase() : limited
    }
    const out = new BufferedOutput(system, target)
    const reader = new LineReader(system, fd)
    let group: string[] = []
    const width = 7
    for (;;) {
      const line = yield* reader.nextText()
      const [first] = group
      if (first !== undefined && (line === undefined || compared(line) !== compared(first))) {
        const wanted = has('D') || has('d') ? group.length > 1 : has('u') ? group.length === 1 : true
        const shown = has('D') ? group : [first]
        for (const each of wanted ? shown : []) {
          yield* out.write(`${has('c') ? `${String(group.length).padStart(width)} ` : ''}${each}\n`)
        }
        group = []
      }
      if (line === undefined) break
      group.push(line)
    }
    yield* out.flush()
    return 0
  })
