// `--mount type=bind,source=/a,target=/b,readonly`: docker's MountOpt.
import type { FlagType } from '../../text/flags.ts'
import { parseRamSize } from '../../text/size.ts'
import type { MountRequest } from '../docker/api.ts'
import type { JsonObject } from '../docker/json.ts'

/** What a key sets; `of` is the kind of mount that the key belongs to. */
interface Key {
  readonly of?: 'bind' | 'volume' | 'tmpfs'
  /** May stand without a value, and then means true. */
  readonly alone?: true
  readonly set: (mount: Draft, value: string, key: string) => void
}

interface Draft {
  type: string
  source: string
  target: string
  readOnly: boolean
  bind: JsonObject | undefined
  volume: JsonObject | undefined
  tmpfs: JsonObject | undefined
}

const source: Key = { set: (mount, value) => void (mount.source = value) }
const target: Key = { set: (mount, value) => void (mount.target = value) }
const readOnly: Key = { alone: true, set: (mount, value, key) => void (mount.readOnly = flag(value, key)) }

const keys: Readonly<Record<string, Key>> = {
  type: { set: (mount, value) => void (mount.type = value.toLowerCase()) },
  source,
  src: source,
  target,
  dst: target,
  destination: target,
  readonly: readOnly,
  ro: readOnly,
  consistency: { set: () => {} },
  'bind-propagation': {
    of: 'bind',
    set: (mount, value) => assign(mount, 'bind', { Propagation: value.toLowerCase() }),
  },
  'bind-nonrecursive': {
    of: 'bind',
    alone: true,
    set: (mount, value, key) => assign(mount, 'bind', { NonRecursive: flag(value, key) }),
  },
  'bind-recursive': { of: 'bind', set: (mount) => assign(mount, 'bind', {}) },
  'volume-subpath': { of: 'volume', set: (mount, value) => assign(mount, 'volume', { Subpath: value }) },
  'volume-nocopy': {
    of: 'volume',
    alone: true,
    set: (mount, value, key) => assign(mount, 'volume', { NoCopy: flag(value, key) }),
  },
  'volume-label': { of: 'volume', set: (mount, value) => assign(mount, 'volume', { Labels: pair(value) }) },
  'volume-driver': { of: 'volume', set: (mount, value) => assign(mount, 'volume', { DriverConfig: { Name: value } }) },
  'volume-opt': { of: 'volume', set: (mount) => assign(mount, 'volume', {}) },
  'tmpfs-size': {
    of: 'tmpfs',
    set: (mount, value, key) => assign(mount, 'tmpfs', { SizeBytes: size(value, key) }),
  },
  'tmpfs-mode': {
    of: 'tmpfs',
    set: (mount, value, key) => assign(mount, 'tmpfs', { Mode: octal(value, key) }),
  },
}

function assign(mount: Draft, kind: 'bind' | 'volume' | 'tmpfs', values: JsonObject): void {
  mount[kind] = { ...mount[kind], ...values }
}

function pair(text: string): Record<string, string> {
  const [name = '', value = ''] = text.split(/=(.*)/s)
  return { [name]: value }
}

function flag(value: string, key: string): boolean {
  if (/^(|1|t|true|TRUE|True|T)$/.test(value)) return true
  if (/^(0|f|false|FALSE|False|F)$/.test(value)) return false
  throw new Error(`invalid value for ${key}: ${value}`)
}

function size(value: string, key: string): number {
  try {
    return parseRamSize(value)
  } catch {
    throw new Error(`invalid value for ${key}: ${value}`)
  }
}

function octal(value: string, key: string): number {
  if (!/^[0-7]+$/.test(value)) throw new Error(`invalid value for ${key}: ${value}`)
  return Number.parseInt(value, 8)
}

/** @throws Error with docker's words */
export function parseMount(text: string): MountRequest {
  const mount: Draft = {
    type: 'volume',
    source: '',
    target: '',
    readOnly: false,
    bind: undefined,
    volume: undefined,
    tmpfs: undefined,
  }
  if (text === '') throw new Error('EOF')
  for (const field of text.split(',')) {
    const at = field.indexOf('=')
    const name = (at < 0 ? field : field.slice(0, at)).toLowerCase()
    const key = keys[name]
    if (at < 0 && key?.alone !== true) throw new Error(`invalid field '${field}' must be a key=value pair`)
    if (key === undefined) throw new Error(`unexpected key '${name}' in '${field}'`)
    if (key.of !== undefined) assign(mount, key.of, {})
    key.set(mount, at < 0 ? '' : field.slice(at + 1), name)
  }
  if (mount.type === '') throw new Error('type is required')
  if (mount.target === '') throw new Error('target is required')
  for (const kind of ['volume', 'bind', 'tmpfs'] as const) {
    if (mount[kind] === undefined || mount.type === kind) continue
    throw new Error(`cannot mix '${kind}-*' options with mount type '${mount.type}'`)
  }
  return {
    Type: mount.type,
    ...(mount.source !== '' && { Source: mount.source }),
    Target: mount.target,
    ...(mount.readOnly && { ReadOnly: true }),
    ...(mount.bind && { BindOptions: mount.bind }),
    ...(mount.volume && { VolumeOptions: mount.volume }),
    ...(mount.tmpfs && { TmpfsOptions: mount.tmpfs }),
  }
}

export const mountOption: FlagType = {
  name: 'mount',
  read: (text) => {
    parseMount(text)
    return text
  },
}
