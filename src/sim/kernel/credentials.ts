// Whose rights a process has, credentials(7), and the capabilities of capabilities(7) that the kernel here asks for.

export interface Credentials {
  readonly uid: Ids
  readonly gid: Ids
  readonly groups: readonly number[]
  readonly capabilities: { readonly permitted: bigint; readonly effective: bigint; readonly bounding: bigint }
  readonly noNewPrivileges: boolean
  /** 0 none, 2 filter: the Seccomp line of /proc/PID/status. */
  readonly seccomp: 0 | 2
}

export interface Ids {
  readonly real: number
  readonly effective: number
  readonly saved: number
}

/** Bit numbers of capabilities(7). */
export const capabilityBits = {
  CHOWN: 0,
  DAC_OVERRIDE: 1,
  DAC_READ_SEARCH: 2,
  FOWNER: 3,
  FSETID: 4,
  KILL: 5,
  SETGID: 6,
  SETUID: 7,
  SETPCAP: 8,
  NET_BIND_SERVICE: 10,
  NET_ADMIN: 12,
  NET_RAW: 13,
  SYS_CHROOT: 18,
  SYS_PTRACE: 19,
  SYS_ADMIN: 21,
  SYS_BOOT: 22,
  SYS_NICE: 23,
  SYS_RESOURCE: 24,
  MKNOD: 27,
  AUDIT_WRITE: 29,
  SETFCAP: 31,
} as const

export type Capability = keyof typeof capabilityBits

/** All 41 capabilities of Linux 5.9 and later. */
export const allCapabilities = (1n << 41n) - 1n

/** Whether the effective set holds a capability. */
export function hasCapability(credentials: Credentials, capability: Capability): boolean {
  const { effective } = credentials.capabilities
  // Root's whole set is by far the most frequent.
  return effective === allCapabilities || (effective & (1n << BigInt(capabilityBits[capability]))) !== 0n
}

/** The credentials of a process that runs as one user, with all capabilities for root and none for others. */
export function credentialsOf(uid: number, gid: number, groups: readonly number[] = []): Credentials {
  const set = uid === 0 ? allCapabilities : 0n
  return {
    uid: { real: uid, effective: uid, saved: uid },
    gid: { real: gid, effective: gid, saved: gid },
    groups,
    capabilities: { permitted: set, effective: set, bounding: allCapabilities },
    noNewPrivileges: false,
    seccomp: 0,
  }
}
