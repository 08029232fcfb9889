// Permission modes as chmod(1) takes them: octal, or `u+x,go-w`, `a=rX`.
import type { FileType } from '../kernel/system.ts'

const whoBits: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 }
const permissionBits: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111, s: 0o6000, t: 0o1000 }

/**
 * The mode that `words` make of an old one, or undefined when they are no mode.
 * @param umask bits that are left alone where nobody is named
 */
export function applyMode(words: string, old: number, type: FileType, umask: number): number | undefined {
  if (/^[0-7]{1,4}$/.test(words)) return Number.parseInt(words, 8)
  let mode = old
  for (const clause of words.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause)
    if (match === null) return undefined
    const [, who = '', actions = ''] = match
    const reach = [...who].reduce((bits, letter) => bits | (whoBits[letter] ?? 0), who === '' ? 0o7777 & ~umask : 0)
    for (const [, operator = '', letters = ''] of actions.matchAll(/([-+=])([rwxXstugo]*)/g)) {
      const named = bitsOf(letters, mode, type) & (who === '' || who.includes('a') ? reach | 0o7000 : reach)
      if (operator === '+') mode |= named
      else if (operator === '-') mode &= ~named
      else mode = (mode & ~(reach & 0o777)) | named
    }
  }
  return mode
}

function bitsOf(letters: string, mode: number, type: FileType): number {
  const copied = /^[ugo]$/.exec(letters)?.[0]
  if (copied !== undefined) {
    const three = (mode >> { u: 6, g: 3, o: 0 }[copied as 'u' | 'g' | 'o']) & 7
    return three | (three << 3) | (three << 6)
  }
  let bits = 0
  for (const letter of letters) {
    if (letter === 'X') bits |= type === 'directory' || (mode & 0o111) !== 0 ? 0o111 : 0
    else bits |= permissionBits[letter] ?? 0
  }
  return bits
}
