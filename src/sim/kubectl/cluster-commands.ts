// `kubectl version`, `cluster-info`, `api-resources`, `api-versions`, `config …`, `auth can-i`, `top`, `events`: about the cluster and the client.
import { kubectlColumns, tableText } from '../../text/columns.ts'
import { withSortedKeys, writeJson } from '../../text/json.ts'
import type { EventObject } from '../kubernetes/objects.ts'
import { apiVersionOf, findResource, pluralWithGroup, resources } from '../kubernetes/resources.ts'
import { byLastTimestamp, eventAge } from './age.ts'
import type { Command } from './command.ts'
import { StatusError, usageError } from './errors.ts'
import { allNamespaces, bool, ignored, noHeaders, output, selector, string, strings } from './flags.ts'
import { yamlText } from './output.ts'
import { requireResource } from './targets.ts'

const build = {
  gitCommit: 'faecb196815e248d3ecfb03c680a4507229c2a56',
  gitTreeState: 'clean',
  buildDate: '2021-01-13T13:20:00Z',
  goVersion: 'go1.19.8',
  compiler: 'gc',
  platform: 'linux/amd64',
}

/** What `/version` of a release answers. */
export function versionInfo(version: string): Record<string, string> {
  const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(version) ?? []
  return { major, minor, gitVersion: version, ...build }
}

export const versionCommand: Command = {
  name: 'version',
  flags: [
    { name: 'client', type: bool, default: 'false', usage: 'If true, shows client version only (no server required).' },
    { name: 'output', shorthand: 'o', type: string, usage: "One of 'yaml' or 'json'." },
    { name: 'short', type: bool, default: 'false', usage: 'If true, print just the version number.' },
  ],
  *run(invocation) {
    const { flags } = invocation
    const { version } = invocation.cluster.parameters
    const sides = flags.bool('client') ? ['client'] : ['client', 'server']
    const format = flags.text('output')
    if (format === 'json' || format === 'yaml') {
      const value = Object.fromEntries(sides.map((side) => [`${side}Version`, versionInfo(version)]))
      yield* invocation.out(format === 'json' ? `${writeJson(value, { indent: '  ' })}\n` : yamlText(value))
      return 0
    }
    if (format !== '') throw new StatusError(`error: --output must be 'yaml' or 'json'`)
    for (const side of sides) {
      const title = `${side === 'client' ? 'Client' : 'Server'} Version: `
      const info = Object.entries(versionInfo(version)).map(
        ([key, value]) => `${key[0]?.toUpperCase()}${key.slice(1)}:"${value}"`,
      )
      yield* invocation.out(`${title}${flags.bool('short') ? version : `version.Info{${info.join(', ')}}`}\n`)
    }
    return 0
  },
}

export const clusterInfoCommand: Command = {
  name: 'cluster-info',
  *run(invocation) {
    const { context, file } = invocation.kubeconfig
    const cluster = file.clusters?.find(({ name }) => name === context?.context.cluster)
    yield* invocation.out(`Kubernetes control plane is running at ${String(cluster?.cluster['server'])}\n`)
    yield* invocation.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n")
    return 0
  },
}

export const apiResourcesCommand: Command = {
  name: 'api-resources',
  flags: [
    { name: 'api-group', type: string, usage: 'Limit to resources in the specified API group.' },
    {
      name: 'namespaced',
      type: bool,
      default: 'true',
      usage:
        'If false, non-namespaced resources will be returned, otherwise returning namespaced resources by default.',
    },
    noHeaders,
    { name: 'output', shorthand: 'o', type: string, usage: 'Output format. One of: wide|name.' },
    { name: 'verbs', type: strings, default: '[]', usage: 'Limit to resources that support the specified verbs.' },
  ],
  *run(invocation) {
    const { flags, operands } = invocation
    if (operands.length > 0) throw usageError('api-resources', `unexpected arguments: [${operands.join(' ')}]`)
    const shown = resources
      .filter(({ namespaced }) => !flags.changed('namespaced') || namespaced === flags.bool('namespaced'))
      .filter(({ group }) => !flags.changed('api-group') || group === flags.text('api-group'))
      .filter(({ verbs }) => flags.list('verbs').every((verb) => verbs.includes(verb)))
    if (flags.text('output') === 'name') {
      yield* invocation.out(shown.map((resource) => `${pluralWithGroup(resource)}\n`).join(''))
      return 0
    }
    const isWide = flags.text('output') === 'wide'
    const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(isWide ? ['VERBS'] : [])]
    const rows = shown.map((resource) => [
      resource.name,
      resource.shortNames.join(','),
      apiVersionOf(resource),
      String(resource.namespaced),
      resource.kind,
      ...(isWide ? [`[${resource.verbs.join(' ')}]`] : []),
    ])
    yield* invocation.out(tableText(flags.bool('no-headers') ? rows : [header, ...rows], kubectlColumns))
    return 0
  },
}

export const apiVersionsCommand: Command = {
  name: 'api-versions',
  *run(invocation) {
    const { operands } = invocation
    if (operands.length > 0) throw usageError('api-versions', `unexpected arguments: [${operands.join(' ')}]`)
    const versions = [...new Set(resources.map(apiVersionOf))].toSorted()
    yield* invocation.out(versions.map((version) => `${version}\n`).join(''))
    return 0
  },
}

export const authCanI: Command = {
  name: 'auth can-i',
  flags: [
    allNamespaces,
    { name: 'list', type: bool, default: 'false', usage: 'If true, prints all allowed actions.' },
    {
      name: 'quiet',
      shorthand: 'q',
      type: bool,
      default: 'false',
      usage: 'If true, suppress output and just return the exit code.',
    },
  ],
  *run(invocation) {
    const [verb, what] = invocation.operands
    if (verb === undefined || what === undefined) {
      throw new StatusError('error: you must specify two or three arguments: verb, resource, and optional resourceName')
    }
    const isKnown = findResource(what.split('/', 1).join('')) !== undefined
    if (!isKnown) yield* invocation.err(`Warning: the server doesn't have a resource type '${what}'\n\n`)
    const isAllowed = invocation.flags.text('as') === ''
    if (!invocation.flags.bool('quiet')) yield* invocation.out(isAllowed ? 'yes\n' : 'no\n')
    return isAllowed ? 0 : 1
  },
}

/** No metrics server runs in the cluster. */
function topOf(name: string, aliases: readonly string[]): Command {
  return {
    name,
    aliases,
    flags: [allNamespaces, selector, noHeaders, ignored('containers', bool), ignored('sort-by')],
    *run() {
      throw new StatusError('error: Metrics API not available')
    },
  }
}

export const topNode = topOf('top node', ['top nodes', 'top no'])
export const topPod = topOf('top pod', ['top pods', 'top po'])

export const eventsCommand: Command = {
  name: 'events',
  summary: 'List events',
  usage:
    '[(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning] [options]',
  flags: [
    allNamespaces,
    output,
    { name: 'for', type: string, usage: 'Filter events to only those pertaining to the specified resource.' },
    { name: 'types', type: strings, default: '[]', usage: 'Output only events of given types.' },
  ],
  *run(invocation) {
    const { flags, listNamespace } = invocation
    const [kind = '', name = ''] = flags.text('for').split('/')
    const wanted = kind === '' ? undefined : requireResource(kind).kind
    const types = flags.list('types')
    const events = invocation.api
      .list(requireResource('events'), listNamespace === undefined ? {} : { namespace: listNamespace })
      .map((each) => each as EventObject)
      .filter(
        ({ involvedObject }) =>
          wanted === undefined || (involvedObject.kind === wanted && involvedObject.name === name),
      )
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .toSorted(byLastTimestamp)
    if (events.length === 0) {
      yield* invocation.err(`No events found${listNamespace === undefined ? '' : ` in ${listNamespace} namespace`}.\n`)
      return 0
    }
    const now = yield* invocation.now()
    const rows = events.map((event) => {
      return [
        eventAge(event, now),
        event.type,
        event.reason,
        `${event.involvedObject.kind}/${event.involvedObject.name}`,
        event.message,
      ]
    })
    yield* invocation.out(tableText([['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'], ...rows], kubectlColumns))
    return 0
  },
}

// --- config

export const configCurrentContext: Command = {
  name: 'config current-context',
  *run(invocation) {
    const { currentContext } = invocation.kubeconfig
    if (currentContext === '') throw new StatusError('error: current-context is not set')
    yield* invocation.out(`${currentContext}\n`)
    return 0
  },
}

export const configView: Command = {
  name: 'config view',
  flags: [
    output,
    {
      name: 'minify',
      type: bool,
      default: 'false',
      usage: 'Remove all information not used by current-context from the output',
    },
    ignored('raw', bool),
    ignored('flatten', bool),
  ],
  *run(invocation) {
    const { operands } = invocation
    if (operands.length > 0) throw usageError('config view', `unexpected arguments: [${operands.join(' ')}]`)
    const { file } = invocation.kubeconfig
    const users = (file.users ?? []).map(({ name, user }) => ({
      name,
      user: 'token' in user ? { ...user, token: 'REDACTED' } : user,
    }))
    const value = { ...file, users }
    yield* invocation.out(
      invocation.flags.text('output') === 'json'
        ? `${writeJson(withSortedKeys(value), { indent: '    ' })}\n`
        : yamlText(value),
    )
    return 0
  },
}

export const configGetContexts: Command = {
  name: 'config get-contexts',
  flags: [{ name: 'output', shorthand: 'o', type: string, usage: 'Output format. One of: name' }, noHeaders],
  *run(invocation) {
    const { file, currentContext } = invocation.kubeconfig
    const wanted = invocation.operands
    const contexts = (file.contexts ?? []).filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    if (invocation.flags.text('output') === 'name') {
      yield* invocation.out(contexts.map(({ name }) => `${name}\n`).join(''))
      return 0
    }
    const rows = contexts.map(({ name, context }) => [
      name === currentContext ? '*' : '',
      name,
      context.cluster,
      context.user,
      context.namespace ?? '',
    ])
    const head = invocation.flags.bool('no-headers') ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']]
    yield* invocation.out(tableText([...head, ...rows], kubectlColumns))
    const missing = wanted.filter((word) => !contexts.some(({ name }) => name === word))
    for (const name of missing) yield* invocation.err(`error: context ${name} not found\n`)
    return missing.length > 0 ? 1 : 0
  },
}

export const configUseContext: Command = {
  name: 'config use-context',
  aliases: ['config use'],
  *run(invocation) {
    const [name = ''] = invocation.operands
    const { file } = invocation.kubeconfig
    if (!file.contexts?.some((context) => context.name === name)) {
      throw new StatusError(`error: no context exists with the name: "${name}"`)
    }
    file['current-context'] = name
    yield* invocation.kubeconfig.write(invocation.system)
    yield* invocation.out(`Switched to context "${name}".\n`)
    return 0
  },
}

export const configSetContext: Command = {
  name: 'config set-context',
  flags: [
    { name: 'current', type: bool, default: 'false', usage: 'Modify the current context' },
    { name: 'cluster', type: string, usage: 'cluster for the context entry in kubeconfig' },
    { name: 'user', type: string, usage: 'user for the context entry in kubeconfig' },
  ],
  *run(invocation) {
    const { flags } = invocation
    const { file, currentContext } = invocation.kubeconfig
    const name = flags.bool('current') ? currentContext : (invocation.operands[0] ?? '')
    if (name === '') throw new StatusError('error: you must specify a non-empty context name or --current')
    const known = file.contexts?.find((context) => context.name === name)
    const context = known?.context ?? { cluster: '', user: '' }
    if (flags.changed('cluster')) context.cluster = flags.text('cluster')
    if (flags.changed('user')) context.user = flags.text('user')
    if (flags.changed('namespace')) context.namespace = flags.text('namespace')
    if (known === undefined) file.contexts = [...(file.contexts ?? []), { name, context }]
    yield* invocation.kubeconfig.write(invocation.system)
    yield* invocation.out(`Context "${name}" ${known === undefined ? 'created' : 'modified'}.\n`)
    return 0
  },
}
