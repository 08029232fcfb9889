// Types of functions from the text of their prototypes, by the parser itself.
import type { FunctionType } from './types.ts'

type PrototypeParser = (text: string) => FunctionType | undefined

let parser: PrototypeParser | undefined

export function setPrototypeParser(parse: PrototypeParser): void {
  parser = parse
}

/** The type that `int puts(const char *)` declares. */
export function prototypeType(text: string): FunctionType | undefined {
  return parser?.(text)
}
