// `kubectl describe` of services, nodes, namespaces, and of kinds that have no page of their own.
import type { KubernetesObject, Pod } from '../kubernetes/objects.ts'
import { ageOf, longTime } from './age.ts'
import { eventLines, Page } from './describe-text.ts'
import type { Invocation } from './invocation.ts'
import { endpointsText, labelText, type NodeObject, type Service } from './printers.ts'
import { requireResource } from './targets.ts'

export function describeService(object: KubernetesObject, invocation: Invocation, now: number): string {
  const service = object as Service & {
    spec: {
      sessionAffinity?: string
      ports?: { name?: string; port: number; targetPort?: number | string; protocol: string }[]
    }
  }
  const { metadata, spec } = service
  const page = new Page()
  page.line(0, 'Name:', metadata.name)
  page.line(0, 'Namespace:', metadata.namespace ?? '')
  page.map('Labels:', metadata.labels)
  page.map('Annotations:', metadata.annotations, ': ')
  page.line(0, 'Selector:', labelText(spec.selector))
  page.line(0, 'Type:', spec.type)
  page.line(0, 'IP Families:', '<none>')
  page.line(0, 'IP:', spec.clusterIP ?? '<none>')
  page.line(0, 'IPs:', spec.clusterIP ?? '<none>')
  const endpoints = invocation.api.store.find(requireResource('endpoints'), metadata.namespace ?? '', metadata.name)
  for (const { name, port, protocol, targetPort } of spec.ports ?? []) {
    page.line(0, 'Port:', name ?? '<unset>', `${port}/${protocol}`)
    page.line(0, 'TargetPort:', `${targetPort ?? port}/${protocol}`)
    page.line(0, 'Endpoints:', endpoints === undefined ? '<none>' : endpointsText(endpoints))
  }
  page.line(0, 'Session Affinity:', spec.sessionAffinity ?? 'None')
  eventLines(page, service, invocation, now)
  return page.text
}

export function describeNode(object: KubernetesObject, invocation: Invocation, now: number): string {
  const node = object as NodeObject & {
    status: { capacity: Record<string, string>; allocatable: Record<string, string> }
  }
  const { metadata, status } = node
  const page = new Page()
  page.line(0, 'Name:', metadata.name)
  page.line(0, 'Roles:', '<none>')
  page.map('Labels:', metadata.labels)
  page.map('Annotations:', metadata.annotations, ': ')
  page.line(0, 'CreationTimestamp:', longTime(metadata.creationTimestamp ?? ''))
  page.line(0, 'Taints:', '<none>')
  page.line(0, 'Unschedulable:', String(node.spec.unschedulable ?? false))
  page.line(0, 'Conditions:')
  page.line(1, 'Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message')
  page.line(1, '----', '------', '-----------------', '------------------', '------', '-------')
  const conditions = status.conditions as unknown as Record<string, string>[]
  for (const each of conditions) {
    const time = (key: string): string => longTime(each[key] ?? '')
    page.line(
      1,
      each['type'] ?? '',
      `${each['status']} `,
      time('lastHeartbeatTime'),
      time('lastTransitionTime'),
      each['reason'] ?? '',
      each['message'] ?? '',
    )
  }
  page.line(0, 'Addresses:')
  for (const { type, address } of status.addresses) page.line(1, `${type}:`, address)
  for (const [title, amounts] of [
    ['Capacity:', status.capacity],
    ['Allocatable:', status.allocatable],
  ] as const) {
    page.line(0, title)
    for (const [name, amount] of Object.entries(amounts).toSorted()) page.line(1, `${name}:`, amount)
  }
  page.line(0, 'System Info:')
  const info = status.nodeInfo
  const rows: [string, string | undefined][] = [
    ['Machine ID:', info['machineID']],
    ['System UUID:', info['systemUUID']],
    ['Boot ID:', info['bootID']],
    ['Kernel Version:', info['kernelVersion']],
    ['OS Image:', info['osImage']],
    ['Operating System:', info['operatingSystem']],
    ['Architecture:', info['architecture']],
    ['Container Runtime Version:', info['containerRuntimeVersion']],
    ['Kubelet Version:', info['kubeletVersion']],
    ['Kube-Proxy Version:', info['kubeProxyVersion']],
  ]
  for (const [title, text] of rows) page.line(1, title, text ?? '')
  const pods = invocation.api.list(requireResource('pods'), { fieldSelector: `spec.nodeName=${metadata.name}` })
  page.line(0, 'Non-terminated Pods:', `(${pods.length} in total)`)
  page.line(1, 'Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'AGE')
  page.line(1, '---------', '----', '', '------------', '----------', '---------------', '-------------', '---')
  for (const pod of pods.map((each) => each as Pod)) {
    const zero = '0 (0%)'
    page.line(
      1,
      pod.metadata.namespace ?? '',
      pod.metadata.name,
      '',
      zero,
      zero,
      zero,
      zero,
      ageOf(pod.metadata.creationTimestamp, now),
    )
  }
  page.line(0, 'Allocated resources:')
  page.line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)')
  page.line(1, 'Resource', 'Requests', 'Limits')
  page.line(1, '--------', '--------', '------')
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) page.line(1, name, '0 (0%)', '0 (0%)')
  eventLines(page, node, invocation, now)
  return page.text
}

export function describeNamespace(object: KubernetesObject): string {
  const page = new Page()
  page.line(0, 'Name:', object.metadata.name)
  page.map('Labels:', object.metadata.labels)
  page.map('Annotations:', object.metadata.annotations, ': ')
  page.line(0, 'Status:', String((object['status'] as { phase?: string } | undefined)?.phase ?? ''))
  return `${page.text}\nNo resource quota.\n\nNo LimitRange resource.\n`
}

/** Names and data: ConfigMaps, Secrets, accounts, events. */
export function describeOther(object: KubernetesObject, invocation: Invocation, now: number): string {
  const page = new Page()
  page.line(0, 'Name:', object.metadata.name)
  if (object.metadata.namespace !== undefined) page.line(0, 'Namespace:', object.metadata.namespace)
  page.map('Labels:', object.metadata.labels)
  page.map('Annotations:', object.metadata.annotations, ': ')
  const data = object['data'] as Record<string, string> | undefined
  if (object.kind === 'Secret') {
    page.line(0, '')
    page.line(0, `Type:  ${String(object['type'])}`)
  }
  if (data !== undefined) {
    page.line(0, '')
    page.line(0, 'Data')
    page.line(0, '====')
    for (const [key, value] of Object.entries(data).toSorted()) {
      if (object.kind === 'Secret') page.line(0, `${key}:  ${atob(value).length} bytes`)
      else {
        page.line(0, `${key}:`)
        page.line(0, '----')
        for (const line of value.split('\n')) page.line(0, line)
      }
    }
  }
  eventLines(page, object, invocation, now)
  return page.text
}
