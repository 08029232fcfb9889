// A function's definition as bash prints it, `declare -f` and `type`: its syntax tree written out anew, with bash's own
// indentation. Words stand as they were typed.
import type { AndOr, Command, CommandNode, CompoundList, PipelineNode, Redirection, Statement } from 'unbash'

const step = '    '

/** `name () \n{ \n    …\n}`. */
export function functionText(name: string, body: CommandNode, source: string): string {
  const writer = new Writer(source)
  const { command, redirects } = body.type === 'Redirected' ? body : { command: body, redirects: [] }
  const text =
    command.type === 'BraceGroup'
      ? `{ \n${writer.list(command.body, step)}\n}`
      : `{ \n${step}${writer.command(command, step)}\n}`
  return `${name} () \n${text}${redirects.map((each) => ` ${writer.redirection(each)}`).join('')}`
}

/** A command in one line as the jobs table has it. */
export function commandText(node: PipelineNode | AndOr, source: string): string {
  return new Writer(source, false).node(node, '')
}

class Writer {
  readonly #source: string
  /** Inside of a function's definition groups take lines of their own. */
  readonly #inFunction: boolean
  /** Bodies of here-documents whose operators stand on the line under way. */
  #bodies: string[] = []

  constructor(source: string, inFunction = true) {
    this.#source = source
    this.#inFunction = inFunction
  }

  /** Statements, one a line, each behind the indentation, with `;` or `&` between; in a loop's or branch's body also at the end. */
  list(list: CompoundList, indent: string, closes = false): string {
    return this.statements(list.commands, indent, closes)
  }

  statements(statements: readonly Statement[], indent: string, closes = false): string {
    const lines = statements.map((statement, index) => {
      const text = this.node(statement.command, indent)
      const isLast = index === statements.length - 1
      const end = statement.background ? ' &' : (isLast && !closes) || this.#bodies.length > 0 ? '' : ';'
      const bodies = this.#bodies.join('')
      this.#bodies = []
      return `${indent}${text}${end}${bodies}`
    })
    return lines.join('\n')
  }

  node(node: PipelineNode | AndOr, indent: string): string {
    if (node.type === 'AndOr') {
      return node.commands
        .map((command, index) => {
          const operator = node.operators[index - 1]
          return `${operator === undefined ? '' : ` ${operator} `}${this.node(command, indent)}`
        })
        .join('')
    }
    if (node.type !== 'Pipeline') return this.command(node, indent)
    const prefixes = node.prefixes.map((prefix) =>
      prefix.type === 'Negation' ? '! ' : prefix.posix === undefined ? 'time ' : 'time -p ',
    )
    const commands = node.commands.map((command, index) => {
      const operator = node.operators[index - 1]
      return `${operator === undefined ? '' : operator === '|&' ? ' 2>&1 | ' : ' | '}${this.command(command, indent)}`
    })
    return prefixes.join('') + commands.join('')
  }

  command(node: CommandNode, indent: string): string {
    const inner = indent + step
    switch (node.type) {
      case 'Command':
        return this.#simple(node)
      case 'BraceGroup':
        if (!this.#inFunction) return `{ ${this.list(node.body, '', true).replaceAll('\n', ' ')} }`
        return `{ \n${this.list(node.body, inner)}\n${indent}}`
      case 'Subshell':
        return `( ${this.list(node.body, indent).slice(indent.length)} )`
      case 'If': {
        const elif = node.elif
          .map(
            (branch) =>
              `\n${indent}else\n${inner}if ${this.#inline(branch.clause, inner)}; then\n${this.list(branch.then, inner + step, true)}`,
          )
          .join('')
        const last = node.else
          ? `\n${node.elif.length > 0 ? inner : indent}else\n${this.list(node.else, node.elif.length > 0 ? inner + step : inner, true)}`
          : ''
        const closing = node.elif.length > 0 ? `\n${inner}fi;` : ''
        return `if ${this.#inline(node.clause, indent)}; then\n${this.list(node.then, inner, true)}${elif}${last}${closing}\n${indent}fi`
      }
      case 'While':
        return `${node.kind} ${this.#inline(node.clause, indent)}; do\n${this.list(node.body, inner, true)}\n${indent}done`
      case 'For':
      case 'Select': {
        const words = node.wordlist?.map((word) => word.text).join(' ') ?? '"$@"'
        const keyword = node.type === 'For' ? 'for' : 'select'
        const head = `${keyword} ${node.name.text} in ${words};\n${indent}do\n`
        return `${head}${this.list(node.body, inner, true)}\n${indent}done`
      }
      case 'ArithmeticFor': {
        const parts = [node.initialize, node.test, node.update].map((part) =>
          part ? this.#source.slice(part.pos, part.end).trim() : '1',
        )
        return `for ((${parts.join('; ')}))\n${indent}do\n${this.list(node.body, inner, true)}\n${indent}done`
      }
      case 'Case': {
        const items = node.items.map((item) => {
          const patterns = item.pattern.map((pattern) => pattern.text).join(' | ')
          const body = item.body.commands.length > 0 ? this.list(item.body, inner + step) : ''
          return `${inner}${patterns})\n${body}\n${inner}${item.terminator ?? ';;'}\n`
        })
        return `case ${node.word.text} in \n${items.join('')}${indent}esac`
      }
      case 'Function': {
        const { body } = node
        if (body.type === 'CompoundList') return ''
        const group = body.type === 'BraceGroup' ? body.body : undefined
        const text = group ? this.list(group, inner) : `${inner}${this.command(body, inner)}`
        return `function ${node.name.text} () \n${indent}{ \n${text}\n${indent}}`
      }
      case 'Redirected':
        return `${this.command(node.command, indent)}${node.redirects.map((each) => ` ${this.redirection(each)}`).join('')}`
      case 'ArithmeticCommand':
        return `((${node.body}))`
      case 'TestCommand':
      case 'Coproc':
        return this.#source.slice(node.pos, node.end)
    }
  }

  redirection(node: Redirection): string {
    const target =
      node.type === 'HereDoc' ? (node.delimiter?.text ?? '') : node.target === undefined ? '' : node.target.text
    const { descriptor } = node
    const number =
      descriptor === undefined
        ? ''
        : descriptor.type === 'FileDescriptorVariable'
          ? `{${descriptor.name}}`
          : String(descriptor.value)
    if (node.type === 'HereDoc') this.#bodies.push(`\n${node.body.text}${node.delimiter?.value ?? ''}\n`)
    const isCopy = node.type === 'Redirect' && (node.operator === '>&' || node.operator === '<&')
    if (isCopy) return `${number || (node.operator === '>&' ? '1' : '0')}${node.operator}${target}`
    return `${number}${node.operator}${node.type === 'HereDoc' ? '' : ' '}${target}`
  }

  #simple(node: Command): string {
    const words = [
      ...node.prefix.filter((item) => item.type === 'Assignment').map((item) => item.text),
      ...(node.name ? [node.name.text] : []),
      ...node.args.map((item) => item.text),
      ...node.redirects.map((item) => this.redirection(item)),
    ]
    return words.join(' ')
  }

  /** A condition's statements in one line. */
  #inline(list: CompoundList, indent: string): string {
    return list.commands
      .map((statement, index) => {
        const isLast = index === list.commands.length - 1
        return `${this.node(statement.command, indent)}${statement.background ? ' &' : isLast ? '' : '; '}`
      })
      .join('')
  }
}
