// The Job controller: pods until as many have succeeded as asked for, or too many have failed. pkg/controller/job, of Kubernetes 1.20
import type { ApiServer } from './api-server.ts'
import { type Controller, fromKey, keyOf, WorkQueue } from './controller.ts'
import { EventRecorder } from './events.ts'
import type { Job, Pod } from './objects.ts'
import { controlledBy, controllerKey, controllerReference } from './owners.ts'
import { isActive } from './pod-conditions.ts'
import { podFromTemplate } from './pod-template.ts'
import { resource } from './store.ts'
import type { Clock } from '../kernel/clock.ts'

const jobs = resource('jobs')
const pods = resource('pods')

/** Microseconds until a failed pod is replaced: 10 s, doubled each time, up to 6 min. */
const firstDelay = 10e6
const longestDelay = 360e6

export class JobController implements Controller {
  readonly queue = new WorkQueue()
  readonly #api: ApiServer
  readonly #clock: Clock
  readonly #events: EventRecorder
  /** By UID: when the last new failure was seen, and how many there were. */
  readonly #failures = new Map<string, { count: number; at: number }>()

  constructor(api: ApiServer, clock: Clock) {
    this.#api = api
    this.#clock = clock
    this.#events = new EventRecorder(api, 'job-controller')
    api.store.listen(jobs, ({ object }) => this.queue.add(keyOf(object)))
    api.store.listen(pods, ({ object }) => {
      const owner = controllerKey(object, jobs)
      if (owner !== undefined) this.queue.add(owner)
    })
  }

  reconcile(key: string): void {
    const { namespace, name } = fromKey(key)
    const job = this.#api.store.find(jobs, namespace, name)
    if (job !== undefined && job.metadata.deletionTimestamp === undefined) this.#syncOne(job as Job)
  }

  #syncOne(job: Job): void {
    if (job.status.conditions?.some(({ status }) => status === 'True')) return
    const own = controlledBy<Pod>(this.#api.store, pods, job)
    const active = own.filter(isActive)
    const count = (phase: string): number => own.filter(({ status }) => status.phase === phase).length
    const [succeeded, failed] = [count('Succeeded'), count('Failed')]
    job.status.startTime ??= this.#api.now()
    const failure = this.#failure(job, active, failed)
    if (failure !== undefined) this.#fail(job, active, failed, succeeded, failure)
    else if (this.#isComplete(job, active, succeeded)) this.#complete(job, succeeded, failed)
    else this.#adjust(job, active, succeeded, failed)
    this.#api.updateStatus(jobs, job)
  }

  #failure(job: Job, active: readonly Pod[], failed: number): { reason: string; message: string } | undefined {
    const { backoffLimit, activeDeadlineSeconds, template } = job.spec
    const restarts = active
      .flatMap(({ status }) => [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
      .reduce((sum, { restartCount }) => sum + restartCount, 0)
    const isOver =
      template.spec.restartPolicy === 'OnFailure'
        ? backoffLimit === 0
          ? restarts > 0
          : restarts >= backoffLimit
        : failed > backoffLimit
    if (isOver) {
      return { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' }
    }
    if (activeDeadlineSeconds === undefined) return undefined
    const deadline = Date.parse(job.status.startTime ?? '') * 1000 + activeDeadlineSeconds * 1e6
    if (this.#clock.now() >= deadline) {
      return { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' }
    }
    this.queue.addAt(keyOf(job), deadline)
    return undefined
  }

  #isComplete({ spec }: Job, active: readonly Pod[], succeeded: number): boolean {
    return spec.completions === undefined ? succeeded > 0 && active.length === 0 : succeeded >= spec.completions
  }

  #fail(
    job: Job,
    active: readonly Pod[],
    failed: number,
    succeeded: number,
    why: { reason: string; message: string },
  ): void {
    for (const pod of active) this.#delete(job, pod)
    this.#setCondition(job, 'Failed', why)
    this.#events.record(jobs, job, 'Warning', why.reason, why.message)
    this.#setCounts(job, 0, succeeded, failed + active.length)
  }

  #complete(job: Job, succeeded: number, failed: number): void {
    this.#setCondition(job, 'Complete', {})
    job.status.completionTime = this.#api.now()
    this.#events.record(jobs, job, 'Normal', 'Completed', 'Job completed')
    this.#setCounts(job, 0, succeeded, failed)
  }

  #adjust(job: Job, active: readonly Pod[], succeeded: number, failed: number): void {
    const { parallelism, completions } = job.spec
    let running = active.length
    const wanted =
      completions === undefined
        ? succeeded > 0
          ? running
          : parallelism
        : Math.min(parallelism, completions - succeeded)
    if (running > wanted) {
      for (const pod of active.slice(wanted)) this.#delete(job, pod)
      running = wanted
    } else if (running < wanted && this.#mayCreate(job, failed)) {
      for (; running < wanted; running += 1) this.#create(job)
    }
    this.#setCounts(job, running, succeeded, failed)
  }

  /** After a failure the next pod waits its turn. */
  #mayCreate(job: Job, failed: number): boolean {
    const uid = job.metadata.uid ?? ''
    if (failed === 0) return true
    const known = this.#failures.get(uid)
    const entry = known?.count === failed ? known : { count: failed, at: this.#clock.now() }
    this.#failures.set(uid, entry)
    const next = entry.at + Math.min(firstDelay * 2 ** (failed - 1), longestDelay)
    if (this.#clock.now() >= next) return true
    this.queue.addAt(keyOf(job), next)
    return false
  }

  #create(job: Job): void {
    const pod = podFromTemplate(job, job.spec.template, [controllerReference(jobs, job)])
    const created = this.#api.create(pods, pod)
    this.#events.record(jobs, job, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`)
  }

  #delete(job: Job, pod: Pod): void {
    this.#api.delete(pods, pod.metadata.namespace ?? '', pod.metadata.name)
    this.#events.record(jobs, job, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`)
  }

  #setCondition(job: Job, type: string, why: { reason?: string; message?: string }): void {
    const now = this.#api.now()
    const condition = { lastProbeTime: now, lastTransitionTime: now, ...why, status: 'True' as const, type }
    job.status.conditions = [...(job.status.conditions ?? []), condition]
  }

  #setCounts(job: Job, active: number, succeeded: number, failed: number): void {
    for (const [name, value] of Object.entries({ active, succeeded, failed })) {
      if (value > 0) Object.assign(job.status, { [name]: value })
      else Reflect.deleteProperty(job.status, name)
    }
  }
}
