// Several programs of one process, side by side, as goroutines are: while one sleeps, the others go on.
import { type Program, type System, SystemCallError, type SystemCallRequest } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

export type Outcome<T> = { readonly value: T } | { readonly error: unknown }

interface Branch<T> {
  readonly program: Program<T>
  outcome: Outcome<T> | undefined
  /** What to go on with; undefined while it sleeps. */
  resume: { readonly value: unknown } | { readonly error: unknown } | undefined
}

/** Runs them all to their end; gives what each has given or thrown, in their order. */
export function* concurrently<T>(system: System, programs: readonly Program<T>[]): Program<Outcome<T>[]> {
  const woken = new WaitQueue()
  const branches = programs.map((program): Branch<T> => ({ program, outcome: undefined, resume: { value: undefined } }))
  for (;;) {
    for (const branch of branches) yield* advance(branch, woken)
    const waiting = branches.filter((branch) => branch.outcome === undefined)
    if (waiting.length === 0) break
    if (waiting.every((branch) => branch.resume === undefined)) {
      try {
        yield* system.sleep_on(woken, 'futex')
      } catch (error) {
        if (!(error instanceof SystemCallError && error.errno === 'EINTR')) throw error
      }
    }
  }
  return branches.map(({ outcome }) => outcome ?? { error: new Error('it has not ended') })
}

/** Goes on with a program until it sleeps or ends. */
function* advance<T>(branch: Branch<T>, woken: WaitQueue): Generator<SystemCallRequest, void, unknown> {
  while (branch.outcome === undefined && branch.resume !== undefined) {
    const { resume } = branch
    try {
      const step = 'error' in resume ? branch.program.throw(resume.error) : branch.program.next(resume.value)
      if (step.done) {
        branch.outcome = { value: step.value }
        return
      }
      branch.resume = yield* answer(branch, step.value, woken)
    } catch (error) {
      branch.outcome = { error }
    }
  }
}

/** A sleep without a limit is noted; any other call is made at once. */
function* answer<T>(
  branch: Branch<T>,
  request: SystemCallRequest,
  woken: WaitQueue,
): Generator<SystemCallRequest, Branch<T>['resume'], unknown> {
  const [queue, , timeout] = request.args
  if (request.name !== 'sleep_on' || timeout !== undefined || !(queue instanceof WaitQueue)) {
    try {
      return { value: yield request }
    } catch (error) {
      return { error }
    }
  }
  const onWake = () => {
    queue.sleepers.delete(onWake)
    branch.resume = { value: 'woken' }
    woken.wake()
  }
  queue.sleepers.add(onWake)
  return undefined
}
