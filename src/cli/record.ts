// `pause-lab record`: renews a lesson's listings, one by one, each shown as a diff first.
import { rename, stat, writeFile } from 'node:fs/promises'
import { writeLesson } from '../notebook/lesson.ts'
import { describeOutcome } from '../session/messages.ts'
import { type ListingChange, recordLesson } from '../session/record.ts'
import { CliError, fileErrorMessage, UsageError } from './errors.ts'
import type { CliIo } from './io.ts'
import { readLessonFile } from './lesson-files.ts'
import type { Parsed } from './options.ts'
import { MachineHolder } from './session-run.ts'
import { paintDiff, styleOf } from './style.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const isAsking = !parsed.values.has('yes')
  if (isAsking && !io.inputIsTerminal) throw new UsageError('there is no terminal to ask in; --yes takes every change')
  const file = await readLessonFile(parsed.operands[0] ?? '', io)
  const style = styleOf(io)
  let answer: 'ask' | 'all' | 'none' = isAsking ? 'ask' : 'all'
  const accept = async ({ diff }: ListingChange): Promise<boolean> => {
    io.write(`${paintDiff(diff, style)}\n`)
    while (answer === 'ask') {
      const typed = await io.readLine('Take this? [y]es, [n]o, [a]ll, [q]uit asking: ')
      if (typed === undefined || /^q/i.test(typed)) answer = 'none'
      else if (/^a/i.test(typed)) answer = 'all'
      else if (/^y/i.test(typed)) return true
      else if (/^n/i.test(typed)) return false
    }
    io.write('\n')
    return answer === 'all'
  }
  const holder = await MachineHolder.open(parsed, io, file.lesson.frontMatter.needs)
  const abort = new AbortController()
  const forget = io.onInterrupt(() => abort.abort())
  try {
    const options = { ...holder.sessionOptions(file.shownPath), accept, today: io.today(), signal: abort.signal }
    const result = await recordLesson(file.lesson, holder.machine.backend, options)
    const bytes = writeLesson(result.lesson)
    const isChanged = !sameBytes(bytes, file.bytes)
    if (isChanged) await replaceFile(file.path, file.shownPath, bytes)
    for (const cell of result.unfitting) io.write(`${file.shownPath}: no listing of ${cell} is for this engine\n`)
    const { accepted, declined, stoppedAt } = result
    io.write(`${file.shownPath}: ${accepted.length} renewed, ${declined.length} left as they are`)
    io.write(isChanged && accepted.length === 0 ? '; proved anew\n' : '\n')
    if (!stoppedAt) return declined.length === 0 ? 0 : 1
    io.writeError(
      `pause-lab: stopped at the cell ${stoppedAt.cell}: ${describeOutcome(stoppedAt)}\n${stoppedAt.output}`,
    )
    return 1
  } finally {
    forget()
    await holder.close()
  }
}

/** Writes a file so that it is never seen half written, with the rights that it had. */
async function replaceFile(path: string, shownPath: string, bytes: Uint8Array): Promise<void> {
  try {
    const { mode } = await stat(path)
    const draft = `${path}.new`
    await writeFile(draft, bytes, { mode })
    await rename(draft, path)
  } catch (error) {
    throw new CliError(fileErrorMessage(error, shownPath), { cause: error })
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
