// From what kubectl printed to what the learner is told.
import { expect, test } from 'vitest'
import { clusterFault, restricted } from '../../src/machine/cluster-faults.ts'
import { namespaceName } from '../../src/machine/cluster.ts'

const cluster = 'work (https://10.0.0.1:6443)'

test('a user who may not make namespaces is told which right is missing', () => {
  const stderr =
    'Error from server (Forbidden): error when creating "namespace.json": namespaces is forbidden: User "alice" cannot create resource "namespaces" in API group "" at the cluster scope\n'
  expect(clusterFault(cluster, stderr)).toEqual({
    kind: 'cluster-denied',
    message: `The cluster ${cluster} does not allow you to make a namespace, in which a lesson keeps to itself.`,
    advice:
      'Choose a cluster of your own (`kind create cluster`), or ask its owner for the right to create namespaces; `kubectl auth can-i create namespaces` tells.',
  })
})

test('credentials that have run out are named as such', () => {
  const stderr = 'error: You must be logged in to the server (Unauthorized)\n'
  expect(clusterFault(cluster, stderr).message).toBe(
    `The cluster ${cluster} does not know you: the credentials in the kubeconfig are wrong or too old.`,
  )
})

test('a cluster that does not answer is quoted', () => {
  const stderr = 'The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?\n'
  expect(clusterFault(cluster, stderr).message).toBe(
    `The cluster ${cluster} does not answer as it should: The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?`,
  )
})

test("a restricted cluster's own words are kept", () => {
  const stderr =
    'Error from server (Forbidden): error when creating "trial.json": pods "trial" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false\n'
  expect(restricted(cluster, stderr).message).toBe(
    `The cluster ${cluster} does not admit the pods of the lessons, which run as root: ${stderr.trim()}.`,
  )
})

test("a session's name becomes a name that Kubernetes accepts", () => {
  expect(namespaceName('My_session')).toBe('lesson-my-session')
})
