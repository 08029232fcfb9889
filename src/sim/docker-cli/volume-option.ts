// `-v`: what docker itself looks at before the engine reads it. Since 26.1 a wrong one is refused here.
import type { Program } from '../kernel/system.ts'
import { StatusError } from './errors.ts'
import type { Invocation } from './invocation.ts'
import { isAtLeast } from './release.ts'

export interface Volumes {
  readonly binds: string[]
  /** `-v /data` alone is an anonymous volume. */
  readonly anonymous: Record<string, Record<string, never>>
}

/** @throws StatusError */
export function* volumesOf(invocation: Invocation): Program<Volumes> {
  const binds: string[] = []
  const anonymous: Volumes['anonymous'] = {}
  for (const text of invocation.flags.list('volume')) {
    check(invocation, text)
    if (text.includes(':')) binds.push(yield* absolute(invocation, text))
    else anonymous[text] = {}
  }
  return { binds, anonymous }
}

function check({ release }: Invocation, text: string): void {
  if (!isAtLeast(release, '26.1') || !text.includes(':')) return
  const parts = text.split(':')
  if (parts.some((part) => part === '')) throw new StatusError(`invalid spec: ${text}: empty section between colons`)
  // A letter alone is taken for a drive of Windows, with the colon behind it.
  if (text.replaceAll(/(^|:)([A-Za-z]):/g, '$1$2').split(':').length > 3)
    throw new StatusError(`invalid spec: ${text}: too many colons`)
}

/** A source below the client's directory is made absolute: `.` since 26.1, `..` since 28.5. */
function* absolute({ release, system }: Invocation, text: string): Program<string> {
  const [source = '', ...rest] = text.split(':')
  const below = /^\.(\/|$)/.test(source) && isAtLeast(release, '26.1')
  const above = /^\.\.(\/|$)/.test(source) && isAtLeast(release, '28.5')
  if (!below && !above) return text
  const parts: string[] = []
  for (const part of `${yield* system.getcwd()}/${source}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return [`/${parts.join('/')}`, ...rest].join(':')
}
