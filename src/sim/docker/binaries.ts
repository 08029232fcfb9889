// Programs that have left the engine as bytes, by cp, export or save: a file with the same bytes runs the same program again.
import type { Kernel } from '../kernel/kernel.ts'
import type { Main } from '../kernel/system.ts'

/** Stand-ins for binaries are short; what is longer is none. */
const longest = 4096

const known = new WeakMap<Kernel, Map<string, Main>>()

function keyOf(content: Uint8Array): string | undefined {
  return content.length > longest ? undefined : String.fromCharCode(...content)
}

/** Remembers what runs when a file with these bytes is executed. */
export function rememberBinary(kernel: Kernel, content: Uint8Array, main: Main): void {
  let binaries = known.get(kernel)
  if (binaries === undefined) {
    const made = new Map<string, Main>()
    kernel.binaryFormats.push((bytes) => {
      const found = made.get(keyOf(bytes) ?? '')
      return found === undefined ? undefined : { main: found, interpreter: undefined }
    })
    known.set(kernel, made)
    binaries = made
  }
  const key = keyOf(content)
  if (key !== undefined) binaries.set(key, main)
}
