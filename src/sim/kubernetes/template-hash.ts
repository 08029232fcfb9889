// The hash of a pod template that names a ReplicaSet: `depl3-5978bd9c8d`.

/** Digits as apimachinery's SafeEncodeString writes them. */
const digits = '456789bcdf'

/**
 * Ten characters at most, equal for equal templates. The real one hashes Go's own print of the struct, so the value is
 * another; the alphabet and the length are the same.
 */
export function templateHash(template: unknown): string {
  return [...String(fnv1a(JSON.stringify(template)))].map((digit) => digits[Number(digit)] ?? '').join('')
}

/** FNV-1a, 32 bits, as the control plane hashes specs. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
