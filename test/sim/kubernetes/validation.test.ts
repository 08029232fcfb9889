// What the API server refuses, each with its field and reason.
import { expect, test } from 'vitest'
import type { KubernetesObject } from '../../../src/sim/kubernetes/objects.ts'
import { applyDefaults } from '../../../src/sim/kubernetes/defaults.ts'
import { validateCreate } from '../../../src/sim/kubernetes/validation.ts'
import { parse } from 'yaml'

const pod = (container: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {${more} containers: [{name: web, image: alpine, ${container}}]}
`

const faulty: readonly [what: string, manifest: string, faults: readonly string[]][] = [
  [
    'a mount of a volume that is not there',
    pod('volumeMounts: [{name: data, mountPath: /data}]'),
    ['spec.containers[0].volumeMounts[0].name: Not found: "data"'],
  ],
  [
    'two mounts at one place',
    pod('volumeMounts: [{name: a, mountPath: /x}, {name: a, mountPath: /x}]', 'volumes: [{name: a}],'),
    ['spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/x": must be unique'],
  ],
  [
    'a volume of two kinds',
    pod('', 'volumes: [{name: a, emptyDir: {}, hostPath: {path: /x}}],'),
    ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
  ],
  [
    'a port that there is not',
    pod('ports: [{containerPort: 70000}, {name: web}]'),
    [
      'spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
      'spec.containers[0].ports[1].containerPort: Required value',
    ],
  ],
  [
    'a probe that does nothing',
    pod('livenessProbe: {periodSeconds: 5}'),
    ['spec.containers[0].livenessProbe: Required value: must specify a handler type'],
  ],
  [
    'a liveness probe that has to succeed twice',
    pod('livenessProbe: {tcpSocket: {port: 80}, successThreshold: 2}'),
    ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1'],
  ],
  [
    'more asked for than allowed',
    pod('resources: {requests: {cpu: 200m}, limits: {cpu: 100m}}'),
    ['spec.containers[0].resources.requests: Invalid value: "200m": must be less than or equal to cpu limit'],
  ],
  [
    'a restart policy that there is not',
    pod('', 'restartPolicy: Sometimes,'),
    ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
  ],
  [
    'a job that would run for ever',
    'apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {containers: [{name: a, image: b}]}}}',
    ['spec.template.spec.restartPolicy: Unsupported value: "Always": supported values: "OnFailure", "Never"'],
  ],
  [
    'a service without ports',
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {}',
    ['spec.ports: Required value'],
  ],
  [
    'a key with a space',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a b: c}',
    [
      `data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    ],
  ],
]

for (const [what, manifest, faults] of faulty) {
  test(`refused: ${what}`, () => {
    const object = parse(manifest) as KubernetesObject
    object.metadata.uid = 'uid'
    applyDefaults(object)
    expect(validateCreate(object).map(({ field, text }) => `${field}: ${text}`)).toEqual(faults)
  })
}
