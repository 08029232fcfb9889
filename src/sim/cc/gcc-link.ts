// The last step of gcc: objects become a program, or ld(1) says what is missing.
import { instructionWords, type ObjectFile, operandKinds } from './bytecode.ts'
import { link, type LinkProblem } from './link.ts'

/** An object with the name by which ld calls it. */
export interface NamedObject {
  readonly object: ObjectFile
  /** `/tmp/ccXXXXXX.o`, or the file's own name. */
  readonly path: string
}

/** The executable, or ld's messages. */
export function linkObjects(
  objects: readonly NamedObject[],
  isStatic: boolean,
): { readonly executable: Uint8Array } | { readonly messages: string } {
  const result = link(
    objects.map(({ object }) => object),
    { static: isStatic },
  )
  if ('executable' in result) return result
  return { messages: `${result.undefined.map(wordsFor(objects)).join('')}collect2: error: ld returned 1 exit status\n` }
}

/** ld names the object and function once for messages that follow each other. */
function wordsFor(objects: readonly NamedObject[]): (problem: LinkProblem) => string {
  let last = ''
  const start = '/usr/bin/ld: '
  return ({ kind, symbol, function: within, file, firstFile }) => {
    if (within === '_start') {
      const crt = '/usr/lib/gcc/x86_64-linux-gnu/12/../../../x86_64-linux-gnu/Scrt1.o'
      return `${start}${crt}: in function \`_start':\n(.text+0x17): undefined reference to \`${symbol}'\n`
    }
    const named = objects.find(({ object }) => object.file === file)
    const path = named?.path ?? file
    const name = file.replace(/^.*\//, '')
    if (kind === 'multiple') {
      const first = objects.find(({ object }) => object.file === firstFile)
      const isFunction =
        named?.object.symbols.some((each) => each.name === symbol && each.defined !== undefined) ?? false
      const offset = `0x${offsetOf(named?.object, symbol).toString(16)}`
      const firstOffset = `0x${offsetOf(first?.object, symbol).toString(16)}`
      if (!isFunction) {
        return `${start}${path}:(.data+0x0): multiple definition of \`${symbol}'; ${first?.path ?? ''}:(.data+0x0): first defined here\n`
      }
      const firstName = (firstFile ?? '').replace(/^.*\//, '')
      return `${start}${path}: in function \`${symbol}':\n${name}:(.text+${offset}): multiple definition of \`${symbol}'; ${first?.path ?? ''}:${firstName}:(.text+${firstOffset}): first defined here\n`
    }
    const key = `${path} ${within ?? ''}`
    const isNew = key !== last
    last = key
    const section =
      within === undefined ? '(.data.rel+0x0)' : `(.text+0x${useOf(named?.object, within, symbol).toString(16)})`
    if (within === undefined) return `${start}${path}:${section}: undefined reference to \`${symbol}'\n`
    const head = isNew ? `${start}${path}: in function \`${within}':\n` : start
    return `${head}${name}:${section}: undefined reference to \`${symbol}'\n`
  }
}

/** Where a function of the object begins: words of code before it. */
function offsetOf(object: ObjectFile | undefined, name: string): number {
  let offset = 0
  for (const each of object?.functions ?? []) {
    if (each.name === name) return offset
    offset += each.code.length
  }
  return 0
}

/** Where a function refers to a symbol, in words of code from the object's start. */
function useOf(object: ObjectFile | undefined, within: string, symbol: string): number {
  const start = offsetOf(object, within)
  const code = object?.functions.find(({ name }) => name === within)?.code ?? []
  const index = object?.symbols.findIndex(({ name }) => name === symbol) ?? -1
  for (let at = 0; at < code.length; at += instructionWords) {
    const kinds = operandKinds[code[at] ?? 0] ?? ''
    if (kinds.includes('f') && code[at + 1 + kinds.indexOf('f')] === index) return start + at
  }
  return start
}
