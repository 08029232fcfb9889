// `kubectl describe`: one page an object, with its events. pkg/describe/describe.go
import type { Program } from '../kernel/system.ts'
import type { KubernetesObject } from '../kubernetes/objects.ts'
import type { Command } from './command.ts'
import { apiErrorText, StatusError } from './errors.ts'
import { allNamespaces, bool, filename, recursive, selector } from './flags.ts'
import type { Invocation } from './invocation.ts'
import { describePod } from './describe-pod.ts'
import { describeDeployment, describeReplicaSet } from './describe-workload.ts'
import { describeNamespace, describeNode, describeOther, describeService } from './describe-other.ts'
import { findObjects, targetsOf } from './targets.ts'

type Describer = (object: KubernetesObject, invocation: Invocation, now: number) => string

const describers: Readonly<Record<string, Describer>> = {
  Pod: describePod,
  Deployment: describeDeployment,
  ReplicaSet: describeReplicaSet,
  Service: describeService,
  Node: describeNode,
  Namespace: describeNamespace,
}

export const describeCommand: Command = {
  name: 'describe',
  flags: [
    allNamespaces,
    filename,
    recursive,
    selector,
    {
      name: 'show-events',
      type: bool,
      default: 'true',
      usage: 'If true, display events related to the described object.',
    },
  ],
  *run(invocation) {
    const { flags } = invocation
    const targets = yield* targetsOf(invocation)
    if (targets.length === 0) {
      throw new StatusError(
        `error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.`,
      )
    }
    const { found, errors } = findObjects(invocation, targets, { label: flags.text('selector') })
    const objects = found.flatMap((each) => each.objects)
    const now = yield* invocation.now()
    const pages = objects.map((object) => (describers[object.kind] ?? describeOther)(object, invocation, now))
    yield* invocation.out(pages.join('\n\n'))
    if (objects.length === 0 && errors.length === 0) yield* noResources(invocation)
    for (const error of errors) yield* invocation.err(`${apiErrorText(error)}\n`)
    return errors.length > 0 ? 1 : 0
  },
}

function* noResources(invocation: Invocation): Program<void> {
  const { listNamespace } = invocation
  yield* invocation.err(`No resources found${listNamespace === undefined ? '' : ` in ${listNamespace} namespace.`}\n`)
}
