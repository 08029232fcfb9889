// The jobs table: what `&` has started and foreground commands that were stopped, and how bash tells of them.
import { signalByNumber } from '../kernel/signal-numbers.ts'

export interface JobProcess {
  readonly pid: number
  /** Its part of the command, for messages about pipelines. */
  readonly text: string
  /** Undefined while it runs. */
  status: number | undefined
  signal: number | undefined
  coreDumped: boolean
}

export interface Job {
  readonly number: number
  readonly processes: JobProcess[]
  /** Process group; the shell's own without job control. */
  readonly group: number
  readonly text: string
  readonly background: boolean
  stopped: boolean
  /** Whether the end was told already. */
  notified: boolean
}

/** 128 + n for a signal, else the exit status. */
export function exitCode(result: { how: string; status: number }): number {
  return result.how === 'signaled' || result.how === 'stopped' ? 128 + result.status : result.status
}

export function isRunning(job: Job): boolean {
  return job.processes.some((process) => process.status === undefined)
}

/** Status of a pipeline's last process, 0 while it runs. */
export function jobStatus(job: Job): number {
  return job.processes.at(-1)?.status ?? 0
}

/** The number that a new job gets: one more than the highest, which is the last one's. */
export function nextJobNumber(jobs: readonly Job[]): number {
  return (jobs.at(-1)?.number ?? 0) + 1
}

/** `+` for the current job, `-` for the previous one. */
export function jobMark(jobs: readonly Job[], job: Job): string {
  const order = jobOrder(jobs)
  if (order[0] === job) return '+'
  return order[1] === job ? '-' : ' '
}

/** The job that `%N`, `%%`, `%+`, `%-`, `%text`, `%?text` means. */
export function findJob(jobs: readonly Job[], specification: string): Job | undefined {
  const name = specification.replace(/^%/, '')
  const order = jobOrder(jobs)
  if (name === '' || name === '%' || name === '+') return order[0]
  if (name === '-') return order[1] ?? order[0]
  if (/^\d+$/.test(name)) return jobs.find((job) => job.number === Number(name))
  if (name.startsWith('?')) return jobs.find((job) => job.text.includes(name.slice(1)))
  return jobs.find((job) => job.text.startsWith(name))
}

function jobOrder(jobs: readonly Job[]): Job[] {
  const living = jobs.filter((job) => job.background)
  return living.toSorted((a, b) => Number(b.stopped) - Number(a.stopped) || b.number - a.number)
}

/** `Running`, `Done`, `Exit 3`, `Killed`, `Stopped`, as `jobs` prints it. */
export function processState(process: JobProcess, stopped: boolean): string {
  if (process.status === undefined) return stopped ? 'Stopped' : 'Running'
  if (process.signal === undefined) return process.status === 0 ? 'Done' : `Exit ${process.status}`
  const text = signalByNumber(process.signal)?.text ?? `Unknown signal ${process.signal}`
  return process.coreDumped ? `${text} (core dumped)` : text
}

/** A line of `jobs`: `[1]+  Running                 sleep 5 &`; with `pids`, as `jobs -l`, a line for each process. */
export function jobLine(job: Job, mark: string, pids = false): string {
  const head = `[${job.number}]${mark} `
  const last = job.processes.at(-1)
  if (!last) return ''
  const tail = isRunning(job) && !job.stopped ? ' &' : ''
  if (!pids) return `${head} ${processState(last, job.stopped).padEnd(24)}${job.text}${tail}\n`
  return job.processes
    .map((process, index) => {
      const state = processState(process, job.stopped).padEnd(24)
      const bar = index > 0 ? '| ' : ''
      const end = index === job.processes.length - 1 ? tail : ''
      return `${index === 0 ? head : '     '}${String(process.pid).padStart(5)} ${state}${bar}${process.text}${end}\n`
    })
    .join('')
}

/** What a shell that is not interactive prints after `bash: line N: ` about a job that a signal has ended. */
export function killedText(job: Job): string {
  return job.processes
    .map((process, index) => {
      const state = processState(process, false).padEnd(24)
      const bar = index > 0 ? '| ' : ''
      return `${index === 0 ? '' : '     '}${String(process.pid).padStart(5)} ${state}${bar}${process.text}\n`
    })
    .join('')
}
