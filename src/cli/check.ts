// `pause-lab check`: proves that lessons do as they say.
import { formatDiagnostic } from '../notebook/diagnostics.ts'
import { checkLesson, type CheckItem, type CheckOutcome, type CheckReport } from '../session/check.ts'
import { describeOutcome } from '../session/messages.ts'
import { courseProblems } from './course-problems.ts'
import { CliError } from './errors.ts'
import type { CliIo } from './io.ts'
import { coursePaths, languages, type LessonFile, readLessonFile } from './lesson-files.ts'
import type { Parsed } from './options.ts'
import { backendKind, MachineHolder } from './session-run.ts'
import { paintDiff, type Style, styleOf } from './style.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const paths = parsed.operands.length > 0 ? parsed.operands : await wholeCourse(io)
  if (paths.length === 0) throw new CliError('the course has no lessons here; name the files to check')
  const files: LessonFile[] = []
  for (const path of paths) files.push(await readLessonFile(path, io))
  const reports: CheckReport[] = []
  let isStopped = false
  for (const file of files) {
    if (isStopped) break
    reports.push(await checkFile(file, parsed, io, () => (isStopped = true)))
  }
  const ok = !isStopped && reports.every((report) => report.ok)
  if (parsed.values.has('json')) {
    io.write(`${JSON.stringify({ ok, backend: backendKind(parsed), lessons: reports }, undefined, 2)}\n`)
  } else if (files.length > 1) {
    const wrong = reports.filter((report) => !report.ok).length
    const skipped = reports.filter(({ skippedFor }) => skippedFor !== undefined).length
    const all = skipped === 0 ? 'all right' : `${reports.length - skipped} right, ${skipped} skipped`
    io.write(`${reports.length} lessons, ${wrong === 0 ? all : `${wrong} not right`}\n`)
  }
  return ok ? 0 : 1
}

async function wholeCourse(io: CliIo): Promise<string[]> {
  return (await Promise.all(languages.map((language) => coursePaths(language, io)))).flat()
}

async function checkFile(file: LessonFile, parsed: Parsed, io: CliIo, stop: () => void): Promise<CheckReport> {
  const style = styleOf(io)
  const isText = !parsed.values.has('json')
  const holder = await MachineHolder.open(parsed, io, file.lesson.frontMatter.needs)
  const abort = new AbortController()
  const forget = io.onInterrupt(() => {
    stop()
    abort.abort()
  })
  const onItem = (item: CheckItem): void => {
    if (isText) io.write(itemText(item, file, style))
  }
  try {
    const skippedFor = await holder.machine.missing?.()
    if (skippedFor !== undefined) {
      const report: CheckReport = { file: file.shownPath, ok: true, engine: '', skippedFor, items: [] }
      if (isText) io.write(`${summaryText(report, style)}\n`)
      return report
    }
    const problems = await courseProblems(file, io)
    const options = { ...holder.sessionOptions(file.shownPath), problems, onItem, signal: abort.signal }
    const report = await checkLesson(file.lesson, holder.machine.backend, options)
    if (isText) io.write(`${summaryText(report, style)}\n`)
    return report
  } finally {
    forget()
    await holder.close()
  }
}

const outcomeTexts: Readonly<Record<CheckOutcome, string>> = {
  'red-then-green': 'is red before its solution and green after it',
  'green-before': 'is green before anything is done for it',
  'red-after': 'is still red after its solution',
  'no-solution': 'has no solution, so it cannot be proved',
  'solution-failed': 'cannot be proved: its solution did not go well',
}

/** What is wrong with one item; empty if nothing is. */
function itemText(item: CheckItem, file: LessonFile, style: Style): string {
  const place = `${file.shownPath}:${item.line}`
  if (item.kind === 'problem') {
    const line = new TextDecoder().decode(file.bytes).split(/\r\n|\n|\r/)[item.line - 1] ?? ''
    return `${formatDiagnostic(item.diagnostic, file.shownPath, line)}\n`
  }
  if (item.ok) return ''
  if (item.kind === 'listing') return `${paintDiff(item.diff ?? '', style)}\n\n`
  const said = item.kind === 'cell' ? describeOutcome(item.result) : outcomeTexts[item.outcome]
  const output = item.result === undefined ? '' : indented(item.result.output)
  const what = item.kind === 'cell' ? `cell ${item.cell}: ${said}` : `check ${item.cell} ${said}`
  return `${style.red(`${place}: ${what}`)}\n${output}`
}

function indented(output: string): string {
  const lines = output.replace(/\n$/, '').split('\n')
  const shown = lines.length > 20 ? [`... ${lines.length - 20} lines before`, ...lines.slice(-20)] : lines
  return output === '' ? '' : `${shown.map((line) => `    ${line}`).join('\n')}\n`
}

function summaryText(report: CheckReport, style: Style): string {
  const { file, engine, items, ok, skippedFor } = report
  if (skippedFor !== undefined) return `${style.yellow('skipped')} ${file}: it needs ${skippedFor}, which is not here`
  const counts = (['cell', 'listing', 'check'] as const).map((kind) => {
    const count = items.filter((item) => item.kind === kind && item.ok).length
    return `${count} ${kind}${count === 1 ? '' : 's'}`
  })
  const wrong = items.filter((item) => !item.ok).length
  if (ok) return `${style.green('right')} ${file} on ${engine}: ${counts.join(', ')}`
  return `${style.red('not right')} ${file} on ${engine}: ${wrong} wrong; right are ${counts.join(', ')}`
}
