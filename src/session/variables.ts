// What differs by nature from run to run, as a table: ids, PIDs, inodes, addresses, times. Everything else must not differ.

/** Kinds of values. Those with identity are compared by who equals whom; of the others nothing is compared. */
export type VariableKind = 'id' | 'pid' | 'ns' | 'ip' | 'mac' | 'interface' | 'name' | 'time' | 'counter' | 'line'

export interface VariableRule {
  kind: VariableKind
  /** What a value looks like: a regular expression's source, without groups that capture. */
  value: string
  /** What stands before and after it, as the sources of a lookbehind and a lookahead. */
  before?: string
  after?: string
  /** Equal values are the same thing only within one scope: namespaces of two types may use one inode, one after the other. */
  scope?: string
}

/** A stretch of a line: plain text, or with `rule` a value that may differ. */
export interface Segment {
  text: string
  rule?: VariableRule
}

/** Kinds whose values are compared by identity: the same here must be the same there. */
export const identityKinds: ReadonlySet<VariableKind> = new Set(['id', 'pid', 'ns', 'ip', 'mac', 'interface', 'name'])

/**
 * Kinds whose values mean the same thing within one output only: a PID names a process in one PID namespace, a number an
 * interface in one network namespace, and outputs do not say in which. Across outputs equality is luck.
 */
export const kindsWithinOutput: readonly VariableKind[] = ['pid', 'interface']

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const clock = '\\d\\d:\\d\\d:\\d\\d'
const units = '(?:second|minute|hour|day|week|month|year)s?'
// The words that docker's units.HumanDuration can print.
const duration = `(?:Less than a second|About a minute|About an hour|\\d+ ${units})`
const age = '(?:\\d+[smhdy])+'
// 0 and 1 are never "any PID": who is PID 1, and who has no parent in here, is what lessons talk about.
const pid = '(?:[2-9]|[1-9]\\d+)'
// Letters and digits that Kubernetes makes random suffixes of (SafeEncodeString of k8s.io/apimachinery).
const safe = '[bcdfghjklmnpqrstvwxz2456789]'
// The links that /proc/PID/ns may show, namespaces(7).
const namespaceTypes = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts']
const interfaceName = '(?:eth|veth|docker|br-|ens|enp|wlan|cni|tunl)'

// The first words of the names that docker gives to containers without one.
const adjectives =
  'admiring|adoring|affectionate|agitated|amazing|angry|awesome|beautiful|blissful|bold|boring|brave|busy|charming|clever|' +
  'compassionate|competent|condescending|confident|cool|cranky|crazy|dazzling|determined|distracted|dreamy|eager|ecstatic|' +
  'elastic|elated|elegant|eloquent|epic|exciting|fervent|festive|flamboyant|focused|friendly|frosty|funny|gallant|gifted|' +
  'goofy|gracious|great|happy|hardcore|heuristic|hopeful|hungry|infallible|inspiring|intelligent|interesting|jolly|jovial|' +
  'keen|kind|laughing|loving|lucid|magical|modest|musing|mystifying|naughty|nervous|nice|nifty|nostalgic|objective|' +
  'optimistic|peaceful|pedantic|pensive|practical|priceless|quirky|quizzical|recursing|relaxed|reverent|romantic|sad|' +
  'serene|sharp|silly|sleepy|stoic|strange|stupefied|suspicious|sweet|tender|thirsty|trusting|unruffled|upbeat|vibrant|' +
  'vigilant|vigorous|wizardly|wonderful|xenodochial|youthful|zealous|zen'

/** All rules that need no table column around them. An earlier rule takes its text before a later one can. */
export const variableRules: readonly VariableRule[] = [
  // 0001-01-01T00:00:00Z is Go's "never": a value that means something, not a time.
  {
    kind: 'time',
    value: `(?!0001-)\\d{4}-\\d\\d-\\d\\d[T ]${clock}(?:\\.\\d+)?(?:Z| ?[+-]\\d\\d:?\\d\\d(?: [A-Z]{3,4})?)?`,
  },
  { kind: 'time', value: `${weekday}, \\d\\d ${month} \\d{4} ${clock} (?:[+-]\\d{4}|[A-Z]{3,4})` },
  { kind: 'time', value: `${weekday} ${month} [ \\d]\\d ${clock} (?:[A-Z]{3,4} )?\\d{4}` },
  { kind: 'time', value: `${month} [ \\d]\\d (?:\\d\\d:\\d\\d| \\d{4})`, before: '\\b', after: '(?!\\S)' },
  { kind: 'time', value: duration, after: ' ago\\b' },
  { kind: 'time', value: duration, before: '\\bUp ' },
  { kind: 'time', value: age, before: '\\(', after: ' ago\\)' },
  // Events of Kubernetes: how long ago, and how often.
  { kind: 'time', value: age, before: '^ +(?:Normal|Warning) +\\w+ +', after: '(?: \\(x| +[a-z])' },
  { kind: 'time', value: age, before: '\\(x\\d+ over ', after: '\\)' },
  // Not a part of a MAC address.
  { kind: 'time', value: clock, before: '(?<![:\\w])', after: '(?![:\\w])' },
  { kind: 'id', value: '[0-9a-f]{64}', before: '\\b', after: '\\b' },
  { kind: 'id', value: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', before: '(?<![0-9a-f])', after: '(?![0-9a-f])' },
  { kind: 'id', value: '[0-9a-f]{12}', before: '\\b', after: '\\b' },
  { kind: 'id', value: '18[0-9a-f]{14}', before: '[a-z0-9]\\.', after: '\\b' },
  { kind: 'counter', value: '\\d+', before: 'resourceVersion: "', after: '"' },
  ...namespaceTypes.map(
    (scope): VariableRule => ({ kind: 'ns', value: '\\d{9,10}', before: `\\b${scope}:\\[`, after: '\\]', scope }),
  ),
  { kind: 'ns', value: '40265\\d{5}', before: '\\b', after: '\\b' },
  { kind: 'mac', value: '(?!(?:00:){5}00|(?:ff:){5}ff)(?:[0-9a-f]{2}:){5}[0-9a-f]{2}', before: '\\b', after: '\\b' },
  { kind: 'mac', value: '(?!(?:FF:){5}FF)(?:[0-9A-F]{2}:){5}[0-9A-F]{2}', before: 'HWaddr ', after: '\\b' },
  { kind: 'mac', value: 'fe80::[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){1,3}', after: '\\b' },
  { kind: 'interface', value: 'veth[0-9a-f]{7}', before: '\\b', after: '\\b' },
  // Numbers of interfaces only count on, or begin anew in each namespace, as the engine's version has it.
  { kind: 'counter', value: '\\d+', before: '@if', after: '\\b' },
  { kind: 'counter', value: '\\d+', before: '^', after: `: ${interfaceName}` },
  {
    kind: 'ip',
    value: '(?:10\\.\\d{1,3}|172\\.(?:1[6-9]|2\\d|3[01])|192\\.168|100\\.64)\\.\\d{1,3}\\.\\d{1,3}',
    before: '\\b',
    after: '\\b',
  },
  { kind: 'pid', value: pid, before: '/proc/', after: '\\b' },
  { kind: 'pid', value: pid, before: '\\bprocess ', after: '\\b' },
  { kind: 'pid', value: pid, before: '(?:"Pid": ?|\\b[Pp][Ii][Dd][ =])', after: '\\b' },
  {
    kind: 'pid',
    value: pid,
    before: '(?:^|:)(?:Pid|PPid|Tgid|Ngid|TracerPid|NS[a-z]+):(?:\\t\\d+)*\\t',
    after: '(?!\\S)',
  },
  { kind: 'pid', value: pid, before: '^\\[\\d+\\][+-]? +', after: '(?!\\S)' },
  { kind: 'pid', value: pid, before: 'kill: \\(', after: '\\)' },
  {
    kind: 'pid',
    value: pid,
    before: '\\bline \\d+: +',
    after: ' (?:Killed|Terminated|Hangup|Aborted|Segmentation fault)',
  },
  // A row of busybox's ps whose header was cut off by grep: PID, user, TIME.
  { kind: 'pid', value: pid, before: '^ {0,4}', after: ' (?:root|nobody|65535) +\\d+:\\d\\d ' },
  { kind: 'counter', value: '\\d+', before: '\\b[RT]X (?:packets|bytes):', after: '\\b' },
  { kind: 'counter', value: '[\\d.]+ [KMG]?i?B', before: '\\b[RT]X bytes:\\d+ \\(', after: '\\)' },
  { kind: 'counter', value: '\\d+', before: '^(?:Vm|Rss|Huge)[A-Za-z]+:[\\t ]+', after: ' kB' },
  {
    kind: 'counter',
    value: '\\d+(?:/\\d+)?',
    before: '^(?:SigQ|voluntary_ctxt_switches|nonvoluntary_ctxt_switches):\\t',
  },
  // bash counts the lines of the whole session.
  { kind: 'line', value: '\\d+', before: '\\bbash: line ', after: ':' },
  { kind: 'name', value: `(?:${adjectives})_[a-z]+\\d?`, before: '\\b', after: '\\b' },
  { kind: 'name', value: `${safe}{8,10}`, before: '\\bpod-template-hash(?:[=:] ?|": ?")', after: '\\b' },
  { kind: 'name', value: `${safe}{5}`, before: '\\bkube-api-access-', after: '\\b' },
  { kind: 'name', value: `(?=[a-z]*\\d)${safe}{8,10}(?:-${safe}{5})?`, before: '[a-z0-9]-', after: '\\b' },
]

/** Columns of `ps`, `docker top` and `lsns` whose cells may differ, by header; null: only its alignment may. */
export const processColumns: Readonly<Record<string, VariableRule | null>> = {
  PID: { kind: 'pid', value: pid },
  PPID: { kind: 'pid', value: pid },
  PGID: { kind: 'pid', value: pid },
  SID: { kind: 'pid', value: pid },
  SESS: { kind: 'pid', value: pid },
  LWP: { kind: 'pid', value: pid },
  SPID: { kind: 'pid', value: pid },
  NS: { kind: 'ns', value: '\\d{9,10}' },
  NPROCS: null,
  TIME: { kind: 'time', value: '(?:\\d+-)?\\d+:\\d\\d(?::\\d\\d)?' },
  START: { kind: 'time', value: `(?:\\d\\d:\\d\\d(?::\\d\\d)?|${month}\\d\\d)` },
  STIME: { kind: 'time', value: `(?:\\d\\d:\\d\\d(?::\\d\\d)?|${month}\\d\\d)` },
  ELAPSED: { kind: 'time', value: '(?:\\d+-)?(?:\\d+:)?\\d+:\\d\\d' },
  '%CPU': { kind: 'counter', value: '[\\d.]+' },
  '%MEM': { kind: 'counter', value: '[\\d.]+' },
  C: { kind: 'counter', value: '\\d+' },
  VSZ: { kind: 'counter', value: '[\\d.]+[kmg]?' },
  RSS: { kind: 'counter', value: '[\\d.]+[kmg]?' },
}

/** Columns of docker's and kubectl's tables that hold a bare duration, by header. */
export const durationColumns: Readonly<Record<string, VariableRule>> = {
  AGE: { kind: 'time', value: age },
  'LAST SEEN': { kind: 'time', value: age },
  DURATION: { kind: 'time', value: age },
}

const compiled = variableRules.map((rule) => ({
  rule,
  expression: new RegExp(
    `${rule.before === undefined ? '' : `(?<=${rule.before})`}(?:${rule.value})${rule.after === undefined ? '' : lookahead(rule.after)}`,
    'g',
  ),
}))

function lookahead(source: string): string {
  return source.startsWith('(?!') ? source : `(?=${source})`
}

/** Cuts a line at the values that may differ. The segments' texts, joined, are the line. */
export function scanLine(line: string): Segment[] {
  const found: { start: number; end: number; rule: VariableRule }[] = []
  for (const { rule, expression } of compiled) {
    for (const match of line.matchAll(expression)) {
      const start = match.index
      const end = start + match[0].length
      if (!found.some((span) => start < span.end && span.start < end)) found.push({ start, end, rule })
    }
  }
  return cut(line, found)
}

function cut(line: string, found: { start: number; end: number; rule: VariableRule }[]): Segment[] {
  found.sort((a, b) => a.start - b.start)
  const segments: Segment[] = []
  let at = 0
  for (const { start, end, rule } of found) {
    if (start > at) segments.push({ text: line.slice(at, start) })
    segments.push({ text: line.slice(start, end), rule })
    at = end
  }
  if (at < line.length) segments.push({ text: line.slice(at) })
  return segments
}

/** One cell of a table: the column's own rule if the whole cell fits it, else the rules that need no column. */
export function scanCell(cell: string, rule: VariableRule | null | undefined): Segment[] {
  if (rule && new RegExp(`^(?:${rule.value})$`).test(cell)) return [{ text: cell, rule }]
  return scanLine(cell)
}

/** Two values are the same thing when their identities are equal. A short container id begins the long one. */
export function identityOf(rule: VariableRule, text: string): string {
  return `${rule.kind} ${rule.scope ?? ''} ${rule.kind === 'id' ? text.slice(0, 12) : text.toLowerCase()}`
}
