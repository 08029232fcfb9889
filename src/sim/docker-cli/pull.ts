// `docker pull`: an image by name; its progress as it stands without a terminal.
import type { PullProgress } from '../docker/api.ts'
import type { Command } from './command.ts'
import { bool, string } from './flag-types.ts'
import { checkReference } from './reference.ts'

export const pullCommand: Command = {
  names: ['image pull', 'pull'],
  usage: '[OPTIONS] NAME[:TAG|@DIGEST]',
  summary: {
    '20.10': 'Pull an image or a repository from a registry',
    now: 'Download an image from a registry',
  },
  operands: { least: 1, most: 1 },
  flags: [
    {
      name: 'all-tags',
      shorthand: 'a',
      type: bool,
      usage: 'Download all tagged images in the repository',
      noEffect: true,
    },
    { name: 'disable-content-trust', type: bool, default: 'true', usage: 'Skip image verification' },
    { name: 'platform', type: string, usage: 'Set platform if server is multi-platform capable', noEffect: true },
    { name: 'quiet', shorthand: 'q', type: bool, usage: 'Suppress verbose output' },
  ],
  *run(invocation) {
    const name = invocation.operand(0)
    checkReference(invocation.release, name)
    const image = withTag(name)
    const quiet = invocation.flags.bool('quiet')
    if (image !== name && !quiet) yield* invocation.out('Using default tag: latest\n')
    const api = yield* invocation.api('/_ping')
    const progress = yield* api.imagePull(invocation.system, image)
    if (!quiet) yield* invocation.out(progressText(progress))
    yield* invocation.out(`${canonical(image)}\n`)
    return 0
  },
}

/** A name with its tag: `alpine` is `alpine:latest`. */
export function withTag(name: string): string {
  return name.includes('@') || /:[^/]*$/.test(name) ? name : `${name}:latest`
}

export function progressText(progress: readonly PullProgress[]): string {
  return progress.map(({ id, status }) => `${id === undefined || id === '' ? '' : `${id}: `}${status}\n`).join('')
}

/** The name with its registry, `docker.io/library/alpine:latest`. */
function canonical(image: string): string {
  const [first = ''] = image.split('/')
  if (!image.includes('/')) return `docker.io/library/${image}`
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`
}
