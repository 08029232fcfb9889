// Names of ports and of addresses, for programs that show them when nobody asked for numbers: services(5), hosts(5).
const rows: readonly (readonly [port: number, name: string])[] = [
  [21, 'ftp'],
  [22, 'ssh'],
  [23, 'telnet'],
  [25, 'smtp'],
  [53, 'domain'],
  [80, 'http'],
  [110, 'pop3'],
  [123, 'ntp'],
  [143, 'imap2'],
  [389, 'ldap'],
  [443, 'https'],
  [873, 'rsync'],
  [993, 'imaps'],
  [3306, 'mysql'],
  [5432, 'postgresql'],
  [5672, 'amqp'],
  [6379, 'redis'],
  [8080, 'http-alt'],
]

const names: ReadonlyMap<number, string> = new Map(rows)

/** getservbyport(3), the number where it has no name. */
export function portName(port: number): string {
  return names.get(port) ?? String(port)
}

/** The port that a word means, or undefined. */
export function portNumber(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word)
  return rows.find(([, name]) => name === word)?.[0]
}
