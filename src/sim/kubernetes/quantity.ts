// Quantities of resources: `100m`, `64Mi`, `2`. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/

const suffixes: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** In units: CPUs, bytes. What is no quantity is 0. */
export function parseQuantity(text: string): number {
  const match = /^([-+]?[\d.]+)([a-zA-Z]*)$/.exec(text)
  const unit = suffixes[match?.[2] ?? '']
  return match === null || unit === undefined ? 0 : Number(match[1]) * unit
}
