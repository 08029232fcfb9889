// `kubectl create job`, `serviceaccount`, `service …`: objects made of flags. pkg/cmd/create
import type { Program } from '../kernel/system.ts'
import type { KubernetesObject } from '../kubernetes/objects.ts'
import type { Command } from './command.ts'
import { common, fresh, requireName, submit } from './create.ts'
import { StatusError } from './errors.ts'
import { int, string, strings } from './flags.ts'
import type { Invocation } from './invocation.ts'

export const createJob: Command = {
  name: 'create job',
  flags: [...common, { name: 'image', type: string, usage: '' }, { name: 'from', type: string, usage: '' }],
  run(invocation) {
    const { flags, operands } = invocation
    const name = requireName(invocation)
    const command = operands.slice(1)
    const image = flags.text('image')
    const from = flags.text('from')
    if ((image === '') === (from === '')) throw new StatusError('error: either --image or --from must be specified')
    if (from !== '') throw new StatusError(`error: from must be an existing cronjob`)
    const container = { ...(command.length === 0 ? {} : { command }), image, name, resources: {} }
    const spec = { containers: [container], restartPolicy: 'Never' }
    const template = { metadata: { creationTimestamp: null }, spec }
    return submit(invocation, { ...fresh('batch/v1', 'Job', name), spec: { template }, status: {} }, 'jobs')
  },
}

export const createServiceAccount: Command = {
  name: 'create serviceaccount',
  aliases: ['create sa'],
  flags: common,
  run: (invocation) => submit(invocation, fresh('v1', 'ServiceAccount', requireName(invocation)), 'serviceaccounts'),
}

/** `80`, `8080:80`, `8080:http`. */
function portOf(text: string, nodePort: number): Record<string, unknown> {
  const [port = '', target = port] = text.split(':')
  for (const each of [port, ...(/^\d/.test(target) ? [target] : [])]) {
    if (!/^\d+$/.test(each) || Number(each) < 1 || Number(each) > 65_535) {
      throw new StatusError(`error: invalid port number ${each}`)
    }
  }
  return {
    name: text.replace(':', '-'),
    ...(nodePort === 0 ? {} : { nodePort }),
    port: Number(port),
    protocol: 'TCP',
    targetPort: /^\d+$/.test(target) ? Number(target) : target,
  }
}

function serviceCommand(word: string, type: string): Command {
  return {
    name: `create service ${word}`,
    aliases: [`create svc ${word}`],
    flags: [
      ...common,
      { name: 'tcp', type: strings, default: '[]', usage: '' },
      { name: 'clusterip', type: string, usage: '' },
      { name: 'node-port', type: int, default: '0', usage: '' },
    ],
    run: (invocation) => createService(invocation, type),
  }
}

function createService(invocation: Invocation, type: string): Program<number> {
  const { flags } = invocation
  const name = requireName(invocation)
  const clusterIP = flags.text('clusterip')
  const ports = flags.list('tcp').map((text) => portOf(text, flags.number('node-port')))
  if (ports.length === 0 && clusterIP !== 'None') {
    throw new StatusError('error: at least one tcp port specifier must be provided')
  }
  const object: KubernetesObject = {
    ...fresh('v1', 'Service', name, { app: name }),
    spec: {
      ...(clusterIP === '' ? {} : { clusterIP }),
      ...(ports.length === 0 ? {} : { ports }),
      selector: { app: name },
      type,
    },
    status: { loadBalancer: {} },
  }
  return submit(invocation, object, 'services')
}

export const createClusterIp = serviceCommand('clusterip', 'ClusterIP')
export const createNodePort = serviceCommand('nodeport', 'NodePort')
export const createLoadBalancer = serviceCommand('loadbalancer', 'LoadBalancer')
