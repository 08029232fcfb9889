// What can be wrong with the real machine, as a record: the surface that shows it writes the text round it.

export interface MachineFault {
  kind:
    | 'windows'
    | 'no-bash'
    | 'no-directory'
    | 'docker-missing'
    | 'docker-down'
    | 'docker-denied'
    | 'docker-failed'
    | 'cluster-none'
    | 'cluster-down'
    | 'cluster-denied'
    | 'cluster-restricted'
    | 'node-elsewhere'
  /** What is wrong, one sentence. */
  message: string
  /** The way out, one sentence. */
  advice: string
}

export class MachineError extends Error {
  readonly fault: MachineFault

  constructor(fault: MachineFault) {
    super(`${fault.message} ${fault.advice}`)
    this.name = 'MachineError'
    this.fault = fault
  }
}
