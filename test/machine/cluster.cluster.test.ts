// With a real cluster, the one that kubectl is set up for: a lesson keeps to a namespace of its own, and leaves nothing.
import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { currentCluster, listNamespaces } from '../../src/machine/cluster.ts'
import { command } from '../../src/machine/docker.ts'
import { examine } from '../../src/machine/doctor.ts'
import { type LessonMachine, openLessonMachine } from '../../src/machine/lesson-machine.ts'
import { nodeFacts } from '../../src/machine/node.ts'
import { probes } from '../../src/machine/probes.ts'
import { readLesson } from '../../src/notebook/lesson.ts'
import { checkLesson } from '../../src/session/check.ts'
import type { Shell } from '../../src/session/backend.ts'

const open: LessonMachine[] = []

function openMachine(): LessonMachine {
  const machine = openLessonMachine(['kubectl'])
  open.push(machine)
  return machine
}

afterEach(async () => {
  for (const machine of open.splice(0)) {
    await machine.removeOwn()
    await machine.backend.dispose()
  }
})

async function run(shell: Shell, script: string): Promise<string> {
  let output = ''
  const take = (chunk: Uint8Array): void => void (output += new TextDecoder().decode(chunk))
  await shell.run(script, { stdout: take, stderr: take })
  return output
}

test("a session's kubectl works in a namespace of its own", async () => {
  const { backend } = openMachine()
  const shell = await backend.open({})
  expect(await run(shell, "kubectl config view --minify -o jsonpath='{..namespace}'")).toBe(
    `lesson-${backend.sessionId}`,
  )
})

test("the learner's own kubeconfig stays as it is", async () => {
  const before = await command('kubectl', ['config', 'view', '--raw'])
  const shell = await openMachine().backend.open({})
  await run(shell, 'kubectl config set-context --current --namespace=elsewhere')
  expect(await command('kubectl', ['config', 'view', '--raw'])).toEqual(before)
})

test('the copy of the kubeconfig, which holds keys, is closed to others', async () => {
  const shell = await openMachine().backend.open({})
  expect(await run(shell, 'stat -c %a "$KUBECONFIG"')).toBe('600\n')
})

test('clean-up removes the namespace with what is in it, and no other', async () => {
  const [mine, theirs] = [openMachine(), openMachine()]
  await theirs.backend.open({})
  const shell = await mine.backend.open({})
  await run(shell, 'kubectl run app --image=alpine --image-pull-policy=IfNotPresent -- sleep 1000')
  await mine.removeOwn()
  const left = [...(await listNamespaces(mine.backend.sessionId)), ...(await listNamespaces(theirs.backend.sessionId))]
  expect(left.map(({ name }) => name)).toEqual([`lesson-${theirs.backend.sessionId}`])
})

test('a user who may not make namespaces is told so before the first cell', async () => {
  const machine = openMachine()
  const cluster = await currentCluster()
  const config = await command('kubectl', ['config', 'view', '--minify', '--raw', '-o', 'json'])
  const { backend } = machine
  const shell = await backend.open({})
  // The service account of the session's own namespace has no rights at all.
  const token = await run(shell, "kubectl get secret -o jsonpath='{.items[0].data.token}' | base64 -d")
  const poor = JSON.parse(config.stdout) as { users: { user: { token?: string } }[] }
  for (const entry of poor.users) entry.user = { token }
  const before = process.env['KUBECONFIG']
  await run(shell, `cat > /tmp/${backend.sessionId}.json <<'EOF'\n${JSON.stringify(poor)}\nEOF\n`)
  process.env['KUBECONFIG'] = `/tmp/${backend.sessionId}.json`
  const said = await openLessonMachine(['kubectl']).guard([])
  process.env['KUBECONFIG'] = before
  await run(shell, `rm /tmp/${backend.sessionId}.json`)
  expect(said).toBe(
    `The cluster ${cluster?.context} (${cluster?.server}) does not allow you to make a namespace, in which a lesson keeps to itself. ` +
      'Choose a cluster of your own (`kind create cluster`), or ask its owner for the right to create namespaces; `kubectl auth can-i create namespaces` tells.',
  )
})

test('a lesson runs as its listings say, its node cells on the node', async () => {
  const file = new URL('fixtures/pod.lab.md', import.meta.url)
  const lesson = readLesson(readFileSync(file))
  let machine = openMachine()
  const report = await checkLesson(lesson, machine.backend, {
    file: 'pod.lab.md',
    guard: (creates) => machine.guard(creates),
    openNode: (needs) => machine.openNode(needs),
    async reopen() {
      await machine.removeOwn()
      machine = openMachine()
      return machine.backend
    },
  })
  expect(report.items.filter((item) => !item.ok)).toEqual([])
})

test('doctor names the cluster that lessons would use', async () => {
  const cluster = await currentCluster()
  expect(await examine(probes.filter(({ id }) => id === 'kubectl-context'))).toEqual([
    {
      id: 'kubectl-context',
      status: 'ok',
      found: `lessons would use ${cluster?.context} (${cluster?.server}), in a namespace of their own`,
      advice: '',
    },
  ])
})

test('the node of the cluster is this machine', async () => {
  expect((await nodeFacts(['kubectl'])).isNode).toBe(true)
})
