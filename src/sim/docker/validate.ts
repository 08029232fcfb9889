// What the engine refuses before it makes or starts a container: options that contradict each other, values out of range.
import type { ContainerConfig, HostConfig } from './api-types.ts'
import { donorOf } from './container.ts'
import { EngineError } from './errors.ts'
import { nameCharacters, isValidName } from './names.ts'
import { invalidIpcMode, invalidRestartPolicy } from './texts.ts'
import type { DockerParameters } from './versions.ts'

type Words = DockerParameters['errorTexts']

interface Request {
  readonly config: Partial<ContainerConfig>
  readonly host: Partial<HostConfig>
}

/** Rules in the order in which the daemon asks them: when it holds, and what cannot go together. */
const conflicts: readonly { readonly when: (request: Request) => boolean; readonly text: string }[] = [
  { when: ({ config, host }) => host.UTSMode === 'host' && given(config.Hostname), text: 'hostname and the UTS mode' },
  { when: ({ config, host }) => joins(host) && given(config.Hostname), text: 'hostname and the network mode' },
  {
    when: ({ host }) => host.NetworkMode === 'host' && filled(host.Links),
    text: "host type networking can't be used with links. This would result in undefined behavior",
  },
  {
    when: ({ host }) => joins(host) && filled(host.Links),
    text: "container type network can't be used with links. This would result in undefined behavior",
  },
  { when: ({ host }) => joins(host) && filled(host.Dns), text: 'dns and the network mode' },
  {
    when: ({ host }) => joins(host) && filled(host.ExtraHosts),
    text: 'custom host-to-IP mapping and the network mode',
  },
  {
    when: ({ config, host }) => (joins(host) || host.NetworkMode === 'host') && given(config.MacAddress),
    text: 'mac-address and the network mode',
  },
  {
    when: ({ host }) =>
      joins(host) && (Object.keys(host.PortBindings ?? {}).length > 0 || host.PublishAllPorts === true),
    text: 'port publishing and the container type network mode',
  },
  {
    when: ({ config, host }) => joins(host) && Object.keys(config.ExposedPorts ?? {}).length > 0,
    text: 'port exposing and the container type network mode',
  },
]

function joins(host: Partial<HostConfig>): boolean {
  return donorOf(host.NetworkMode ?? '') !== undefined
}

function given(text: string | undefined): boolean {
  return text !== undefined && text !== ''
}

function filled(list: readonly unknown[] | null | undefined): boolean {
  return (list?.length ?? 0) > 0
}

/** @throws EngineError 400 */
export function validateCreate(request: Request, words: Words): void {
  for (const { when, text } of conflicts) {
    if (when(request)) throw new EngineError(400, `conflicting options: ${text}`)
  }
  const { host } = request
  const relative = Object.keys(host.Tmpfs ?? {}).find((path) => !path.startsWith('/'))
  if (relative !== undefined) {
    throw new EngineError(400, `invalid mount path: '${relative}' mount path must be absolute`)
  }
  validateRestartPolicy(host, words)
  if (words !== '20.10') validateIpcMode(host.IpcMode ?? '', words)
  if (host.AutoRemove && !['', 'no', undefined].includes(host.RestartPolicy?.Name)) {
    throw new EngineError(400, "can't create 'AutoRemove' container with restart policy")
  }
}

/** @throws EngineError 400 */
export function validateRestartPolicy(host: Partial<HostConfig>, words: Words): void {
  const { Name = '', MaximumRetryCount = 0 } = host.RestartPolicy ?? {}
  if (!['', 'no', 'always', 'unless-stopped', 'on-failure'].includes(Name)) {
    throw new EngineError(400, invalidRestartPolicy(words, Name))
  }
  if (Name === 'on-failure' && MaximumRetryCount < 0) {
    const old = 'maximum retry count cannot be negative'
    throw new EngineError(400, words === '20.10' ? old : `invalid restart policy: ${old}`)
  }
  if (Name !== 'on-failure' && MaximumRetryCount !== 0) {
    const old = `maximum retry count cannot be used with restart policy '${Name}'`
    const text = "invalid restart policy: maximum retry count can only be used with 'on-failure'"
    throw new EngineError(400, words === '20.10' ? old : text)
  }
}

/** @throws EngineError 400 */
export function validateIpcMode(mode: string, words: Words): void {
  if (['', 'none', 'private', 'shareable', 'host'].includes(mode)) return
  if (donorOf(mode)) return
  throw new EngineError(400, invalidIpcMode(words, mode))
}

/** @throws EngineError 400 */
export function validateName(name: string): void {
  if (isValidName(name)) return
  throw new EngineError(400, `Invalid container name (${name}), only ${nameCharacters} are allowed`)
}
