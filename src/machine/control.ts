// Reads what the driver tells: NUL-terminated fields, the first of each message says which it is.

export type ControlMessage =
  | { kind: 'end'; exitCode: number; cell: number; cwd: string }
  | { kind: 'begun' }
  | { kind: 'abandoned' }
  | { kind: 'hint'; text: string }

// How many fields follow each kind.
const fieldCounts: Readonly<Record<ControlMessage['kind'], number>> = { end: 3, begun: 0, abandoned: 0, hint: 1 }

/** A parser that is fed chunks as they come and calls back for every whole message. */
export function controlParser(onMessage: (message: ControlMessage) => void): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder()
  let rest = ''
  let fields: string[] = []
  return (chunk) => {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\0')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      fields.push(part)
      const message = messageOf(fields)
      if (message === 'incomplete') continue
      fields = []
      if (message !== 'unknown') onMessage(message)
    }
  }
}

function messageOf([kind, ...values]: string[]): ControlMessage | 'incomplete' | 'unknown' {
  if (kind !== 'end' && kind !== 'begun' && kind !== 'abandoned' && kind !== 'hint') return 'unknown'
  if (values.length < fieldCounts[kind]) return 'incomplete'
  const [first = '', second = '', third = ''] = values
  if (kind === 'end') return { kind, exitCode: Number(first), cell: Number(second), cwd: third }
  return kind === 'hint' ? { kind, text: first } : { kind }
}
