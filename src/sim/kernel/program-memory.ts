// What a program takes of memory. Programs here have no pages: a profile of the real one's stands for them.

/** Sizes in bytes, as the rows of /proc/PID/status name them. */
export interface ProgramMemory {
  /** VmSize. */
  readonly virtual: number
  /** VmRSS; the part without a file behind it is RssAnon. */
  readonly resident: number
  readonly anonymous: number
  /** VmData, without the stack. */
  readonly data: number
  /** VmExe. */
  readonly text: number
  /** VmLib. */
  readonly library: number
  /** VmPTE. */
  readonly pageTables: number
  /** Whether it is linked with shared libraries, and so lies where the kernel puts it and not where it was linked to. */
  readonly dynamic: boolean
}

/** Rows in KiB: size, resident, anonymous, data, text, library, page tables. */
function profile(dynamic: boolean, ...kibibytes: readonly [number, number, number, number, number, number, number]) {
  const [virtual, resident, anonymous, data, text, library, pageTables] = kibibytes.map((size) => size * 1024) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return { virtual, resident, anonymous, data, text, library, pageTables, dynamic } satisfies ProgramMemory
}

/** A kernel thread, and the process from before the first one. */
export const noMemory: ProgramMemory = profile(false, 0, 0, 0, 0, 0, 0, 0)

/** A small C program of a Debian: sleep of the coreutils. */
export const smallProgram: ProgramMemory = profile(true, 3036, 1956, 104, 224, 24, 1612, 44)

/** bash of a Debian that has read no profile. */
export const shellProgram: ProgramMemory = profile(true, 4516, 3536, 364, 516, 924, 1612, 48)

/** A client written in Go, as docker. */
export const goProgram: ProgramMemory = profile(true, 1_868_020, 30_816, 12_420, 112_380, 18_040, 1612, 244)

/** The init of a Debian. */
export const initProgram: ProgramMemory = profile(true, 21_468, 12_612, 3276, 3504, 40, 10_236, 84)

/** A statically linked busybox. */
export const busyboxProgram: ProgramMemory = profile(false, 2268, 1380, 52, 176, 1552, 8, 36)

/** A small static C program with glibc: pause. */
export const staticProgram: ProgramMemory = profile(false, 992, 700, 48, 172, 540, 8, 36)

/** Programs that are larger than a small one, by the name of their file. */
const byName: ReadonlyMap<string, ProgramMemory> = new Map([
  ['bash', shellProgram],
  ['containerd-shim-runc-v2', goProgram],
  ['docker', goProgram],
  ['docker-proxy', goProgram],
  ['dockerd', goProgram],
  ['busybox', busyboxProgram],
  ['pause', staticProgram],
  ['systemd', initProgram],
])

/** The profile of what lies at a path, where its file has none of its own. */
export function memoryOfPath(path: string): ProgramMemory {
  return byName.get(path.slice(path.lastIndexOf('/') + 1)) ?? smallProgram
}

/** Bytes of the stack, of which most is never touched. */
export const stackSize = 135_168
