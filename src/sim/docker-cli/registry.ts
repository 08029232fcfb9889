// `docker push`, `search` and `login`: there is no registry behind the simulated machine, and they say so where docker would ask it.
import { int } from '../../text/flags.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool, filter, string } from './flag-types.ts'
import { withTag } from './pull.ts'
import { checkReference } from './reference.ts'

export const pushCommand: Command = {
  names: ['image push', 'push'],
  usage: '[OPTIONS] NAME[:TAG]',
  summary: { '20.10': 'Push an image or a repository to a registry', now: 'Upload an image to a registry' },
  operands: { least: 1, most: 1 },
  flags: [
    {
      name: 'all-tags',
      shorthand: 'a',
      type: bool,
      usage: {
        '20.10': 'Push all tagged images in the repository',
        now: 'Push all tags of an image to the repository',
      },
    },
    { name: 'disable-content-trust', type: bool, default: 'true', usage: 'Skip image signing' },
    {
      name: 'platform',
      type: string,
      usage: `Push a platform-specific manifest as a single-platform image to the registry.
Image index won't be pushed, meaning that other manifests, including attestations won't be preserved.
'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)`,
      since: '28.5',
    },
    { name: 'quiet', shorthand: 'q', type: bool, usage: 'Suppress verbose output' },
  ],
  *run(invocation) {
    const { flags, release, system } = invocation
    const name = invocation.operand(0)
    checkReference(release, name)
    const image = withTag(name)
    if (image !== name && !flags.bool('quiet')) yield* invocation.out('Using default tag: latest\n')
    const api = yield* invocation.api('/_ping')
    const repository = image.replace(/:[^:/]*$/, '')
    const [first = ''] = repository.split('/')
    const domain = repository.includes('/') && /[.:]|^localhost$/.test(first) ? '' : 'docker.io/'
    const path = repository.includes('/') ? repository : `library/${repository}`
    yield* invocation.out(`The push refers to repository [${domain}${path}]\n`)
    const all = yield* api.imageList(system, {})
    if (!all.some((each) => each.RepoTags.includes(image))) {
      throw new StatusError(`An image does not exist locally with the tag: ${repository}`)
    }
    throw new StatusError('denied: requested access to the resource is denied')
  },
}

export const searchCommand: Command = {
  names: ['search'],
  usage: '[OPTIONS] TERM',
  summary: { '20.10': 'Search the Docker Hub for images', now: 'Search Docker Hub for images' },
  operands: { least: 1, most: 1 },
  flags: [
    { name: 'filter', shorthand: 'f', type: filter, usage: 'Filter output based on conditions provided' },
    { name: 'format', type: string, usage: 'Pretty-print search using a Go template' },
    {
      name: 'limit',
      type: int,
      usage: 'Max number of search results',
      default: { '26.1': '25', now: '' },
    },
    { name: 'no-trunc', type: bool, usage: "Don't truncate output" },
  ],
  *run(invocation) {
    yield* invocation.api('/_ping')
    throw new StatusError('docker search: the simulated machine has no registry to search')
  },
}

export const loginCommand: Command = {
  names: ['login'],
  usage: '[OPTIONS] [SERVER]',
  summary: {
    '20.10': 'Log in to a Docker registry',
    '26.1': 'Log in to a registry',
    now: 'Authenticate to a registry',
  },
  operands: { least: 0, most: 1 },
  flags: [
    {
      name: 'password',
      shorthand: 'p',
      type: string,
      usage: { '26.1': 'Password', now: 'Password or Personal Access Token (PAT)' },
    },
    {
      name: 'password-stdin',
      type: bool,
      usage: {
        '26.1': 'Take the password from stdin',
        now: 'Take the Password or Personal Access Token (PAT) from stdin',
      },
    },
    { name: 'username', shorthand: 'u', type: string, usage: 'Username' },
  ],
  *run(invocation) {
    const { flags, system } = invocation
    if (flags.bool('password-stdin') && flags.text('username') === '') {
      throw new StatusError('Must provide --username with --password-stdin')
    }
    const asks = flags.text('password') === '' && !flags.bool('password-stdin')
    if (asks && !(yield* system.isatty(0))) {
      throw new StatusError('Error: Cannot perform an interactive login from a non TTY device')
    }
    throw new StatusError('docker login: the simulated machine has no registry to log in to')
  },
}
