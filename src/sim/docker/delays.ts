// How long the engine takes for its work, in microseconds of the virtual clock: about what was recorded from real ones.
export const delays = {
  /** Any request: the round trip. */
  request: 1_500,
  create: 35_000,
  /** Shim and namespaces. */
  createTask: 110_000,
  /** Address, veth pair, bridge. */
  network: 60_000,
  /** From the order to start until the daemon says so. */
  startTask: 30_000,
  /** From the death of init until the daemon has the state. */
  exit: 40_000,
  /** Taking the network away. */
  networkRelease: 25_000,
  remove: 30_000,
  exec: 60_000,
  pull: 1_800_000,
} as const

/** How long the daemon waits, after a process has ended, for children of it that still hold its output. */
export const streamWait = 2_000_000

/** `docker stop` without -t, in seconds. */
export const stopTimeout = 10
