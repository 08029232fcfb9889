// What the instructions of a Dockerfile say about an image's configuration; `docker commit -c` and `import -c` use them too.
import { EngineError } from './errors.ts'
import type { ImageConfig } from './images.ts'
import type { JsonObject } from './json.ts'
import { parseSignal } from './kill.ts'
import { invalidStopSignal } from './texts.ts'
import type { DockerParameters } from './versions.ts'

type Words = DockerParameters['errorTexts']

export interface ConfigChange {
  /** In capitals. */
  readonly name: string
  readonly flags: readonly string[]
  /** What stands after the name and its flags, variables replaced. */
  readonly rest: string
}

type Apply = (config: ImageConfig, change: ConfigChange, words: Words) => ImageConfig

/** By instruction; what is not here makes no configuration. */
export const configInstructions: Readonly<Record<string, Apply>> = {
  CMD: (config, { rest }) => ({ ...config, Cmd: commandOf(config, rest) }),
  ENTRYPOINT: (config, { rest }) => ({ ...config, Entrypoint: commandOf(config, rest) }),
  ENV: (config, { rest }) => ({ ...config, Env: mergeVariables(config.Env ?? [], pairsOf(rest)) }),
  EXPOSE: (config, { rest }) => ({ ...config, ExposedPorts: { ...config.ExposedPorts, ...portsOf(rest) } }),
  HEALTHCHECK: (config, change) => ({ ...config, Healthcheck: healthOf(change) }),
  LABEL: (config, { rest }) => ({ ...config, Labels: { ...config.Labels, ...Object.fromEntries(pairsOf(rest)) } }),
  ONBUILD: (config, { rest }) => ({ ...config, OnBuild: [...(config.OnBuild ?? []), rest] }),
  SHELL: (config, { rest }) => ({ ...config, Shell: jsonList(rest) ?? [] }),
  STOPSIGNAL: (config, { rest }, words) => {
    if (parseSignal(rest) === undefined) throw new EngineError(400, invalidStopSignal(words, rest))
    return { ...config, StopSignal: rest }
  },
  USER: (config, { rest }) => ({ ...config, User: rest }),
  VOLUME: (config, { rest }) => ({
    ...config,
    Volumes: { ...config.Volumes, ...Object.fromEntries((jsonList(rest) ?? wordsOf(rest)).map((path) => [path, {}])) },
  }),
  WORKDIR: (config, { rest }) => ({ ...config, WorkingDir: joined(config.WorkingDir ?? '', rest) }),
}

/** `-c` of commit and import. @throws EngineError 400 for an instruction that says nothing of a configuration */
export function applyChanges(words: Words, config: ImageConfig, changes: readonly string[]): ImageConfig {
  return changes.reduce((so, change) => {
    const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(change) ?? []
    const name = word.toUpperCase()
    const apply = configInstructions[name]
    if (apply === undefined || name === 'HEALTHCHECK' || name === 'SHELL') {
      const shown = words === '20.10' ? word.toLowerCase() : name
      throw new EngineError(400, `${shown} is not a valid change command`)
    }
    return apply(so, { name, flags: [], rest: rest.trim() }, words)
  }, config)
}

/** A list in JSON, the exec form; undefined when it is none. */
export function jsonList(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined
  } catch {
    return undefined
  }
}

/** The exec form as it is; the shell form behind the image's shell. */
export function commandOf(config: ImageConfig, text: string): string[] {
  return jsonList(text) ?? [...shellOf(config), text]
}

export function shellOf(config: ImageConfig): readonly string[] {
  return config.Shell ?? ['/bin/sh', '-c']
}

/** Words at blanks, quotation marks and backslashes taken off. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/(?:[^\s'"\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs)].map(([word]) => unquoted(word))
}

function unquoted(word: string): string {
  return word.replaceAll(
    /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs,
    (_, escaped?: string, double?: string, single?: string) =>
      escaped ?? double?.replaceAll(/\\(["\\$])/g, '$1') ?? single ?? '',
  )
}

/** `a=1 b="x y"`, or the old form `NAME value`. */
export function pairsOf(text: string): [string, string][] {
  const words = wordsOf(text)
  if (!(words[0] ?? '').includes('=')) {
    const [, name = '', value = ''] = /^(\S+)\s+(.*)$/s.exec(text) ?? []
    return [[name, value]]
  }
  return words.map((word) => {
    const at = word.indexOf('=')
    return [word.slice(0, at), word.slice(at + 1)]
  })
}

function mergeVariables(old: readonly string[], added: readonly (readonly [string, string])[]): string[] {
  const merged = [...old]
  for (const [name, value] of added) {
    const at = merged.findIndex((entry) => entry.startsWith(`${name}=`))
    if (at === -1) merged.push(`${name}=${value}`)
    else merged[at] = `${name}=${value}`
  }
  return merged
}

function portsOf(text: string): Record<string, Record<string, never>> {
  const ports: Record<string, Record<string, never>> = {}
  for (const word of wordsOf(text)) {
    const [range = '', protocol = 'tcp'] = word.split('/')
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? []
    if (first === undefined) throw new EngineError(400, `Invalid containerPort: ${range}`)
    for (let port = Number(first); port <= Number(last ?? first); port++) ports[`${port}/${protocol}`] = {}
  }
  return ports
}

const times: Readonly<Record<string, string>> = {
  interval: 'Interval',
  timeout: 'Timeout',
  'start-period': 'StartPeriod',
  'start-interval': 'StartInterval',
}

const units: Readonly<Record<string, number>> = { ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 }

function healthOf({ flags, rest }: ConfigChange): JsonObject {
  const [, kind = '', command = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? []
  if (kind.toUpperCase() === 'NONE') return { Test: ['NONE'] }
  const list = jsonList(command)
  const test = list === undefined ? ['CMD-SHELL', command] : ['CMD', ...list]
  const settings = flags.map((flag) => {
    const [, name = '', value = ''] = /^--([^=]+)=(.*)$/.exec(flag) ?? []
    if (name === 'retries') return ['Retries', Number(value)] as const
    const [, number = '0', unit = 's'] = /^([\d.]+)([a-z]+)$/.exec(value) ?? []
    return [times[name] ?? name, Number(number) * (units[unit] ?? 1e9)] as const
  })

  return { Test: test, ...Object.fromEntries(settings) }
}

function joined(directory: string, path: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
