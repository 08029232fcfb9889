// Numbers with a unit, as the coreutils take them: `10`, `-5`, `2K`, `1MB`.

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 512,
  kB: 1000,
  k: 1024,
  K: 1024,
  KiB: 1024,
  MB: 1e6,
  M: 1024 ** 2,
  MiB: 1024 ** 2,
  GB: 1e9,
  G: 1024 ** 3,
  GiB: 1024 ** 3,
  T: 1024 ** 4,
}

/** The number, or undefined when the text is none. A sign stays. */
export function sizeOf(text: string): number | undefined {
  const match = /^([-+]?\d+)([a-zA-Z]*)$/.exec(text)
  const unit = units[match?.[2] ?? '']
  return match?.[1] === undefined || unit === undefined ? undefined : Number(match[1]) * unit
}
