// crictl over one node and one pod, command by command; whole outputs, without the ids that chance makes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestNode } from '../containerd/node.ts'

describe('lists', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await TestNode.withPod()
    await node.run('sleep 3')
  })
  afterAll(() => node.end())

  const withoutIds = "sed -E 's/\\b[0-9a-f]{13}\\b/XXXXXXXXXXXXX/g'"

  it('containers without the sandbox', async () => {
    expect(await node.run(`crictl ps | ${withoutIds}`)).toBe(
      `CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD
XXXXXXXXXXXXX       XXXXXXXXXXXXX       3 seconds ago       Running             side                0                   XXXXXXXXXXXXX       two
XXXXXXXXXXXXX       XXXXXXXXXXXXX       3 seconds ago       Running             web                 0                   XXXXXXXXXXXXX       two
`,
    )
  })

  it('sandboxes', async () => {
    expect(await node.run(`crictl pods | ${withoutIds}`)).toBe(
      `POD ID              CREATED             STATE               NAME                NAMESPACE           ATTEMPT             RUNTIME
XXXXXXXXXXXXX       3 seconds ago       Ready               two                 default             0                   (default)
`,
    )
  })

  it('images by their full names', async () => {
    expect(await node.run(`crictl images | ${withoutIds}`)).toBe(
      `IMAGE                      TAG                 IMAGE ID            SIZE
docker.io/library/alpine   latest              XXXXXXXXXXXXX       1.98MB
registry.k8s.io/pause      3.9                 XXXXXXXXXXXXX       767kB
`,
    )
  })

  it('what each uses', async () => {
    const script =
      "crictl stats -o json | jq -c '.stats[] | [.attributes.metadata.name, (.memory.workingSetBytes.value | tonumber > 0)]' | sort"
    expect(await node.run(script)).toBe('["side",true]\n["web",true]\n')
  })

  it('what filters leave', async () => {
    const count = (filter: string): string => `crictl ps -q ${filter} | wc -l`
    const filters = ['--name w', '--name ^b', '--state exited', '--label io.kubernetes.pod.name=two', '--latest']
    expect(await node.run(filters.map(count).join('\n'))).toBe('1\n0\n0\n2\n1\n')
  })
})

describe('single ones', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await TestNode.withPod()
    await node.run("pod=$(crictl pods -q); web=$(crictl ps -q --name '^web$'); side=$(crictl ps -q --name '^side$')")
  })
  afterAll(() => node.end())

  it('are inspected, with the namespaces that they join', async () => {
    const script = `pid=$(crictl inspectp $pod | jq .info.pid)
crictl inspect $side | jq -r '.info.runtimeSpec.linux.namespaces[] | "\\(.type) \\(.path)"' | sed "s/$pid/PAUSE/"`
    expect(await node.run(script)).toBe(
      'pid null\nipc /proc/PAUSE/ns/ipc\nuts /proc/PAUSE/ns/uts\nmount null\nnetwork /proc/PAUSE/ns/net\n',
    )
  })

  it('say in the words of the CRI what is shared', async () => {
    expect(await node.run('crictl inspectp $pod | jq -c .status.linux.namespaces.options')).toBe(
      '{"ipc":"POD","network":"POD","pid":"CONTAINER","targetId":""}\n',
    )
  })

  it('run commands, and tell how those ended', async () => {
    const script = "crictl exec $side hostname; crictl exec $side false 2>&1 | sed 's/^time=[^ ]* //'"
    expect(await node.run(script)).toBe(
      'two\nlevel=fatal msg="execing command in container: command terminated with exit code 1"\n',
    )
  })

  it('have logs', async () => {
    expect(await node.run('crictl logs --tail 1 $web')).toBe('hello\n')
  })

  it('have no log of an instance that never was', async () => {
    expect(await node.run("crictl logs -p $web 2>&1 | sed 's/^time=[^ ]* //'")).toBe(
      'level=fatal msg="previous terminated container \\"web\\" not found"\n',
    )
  })

  it('are not found by what is no id', async () => {
    expect(await node.run("crictl inspect nosuch 2>&1 | sed 's/^time=[^ ]* //'")).toBe(
      'level=fatal msg="getting the status of the container \\"nosuch\\": rpc error: code = NotFound desc = an error occurred when try to find container \\"nosuch\\": not found"\n',
    )
  })

  it('are not removed while they run', async () => {
    const script = "crictl rmp $pod 2>&1 | sed -E 's/^time=[^ ]* //; s/[0-9a-f]{64}/ID/'"
    expect(await node.run(script)).toBe('level=fatal msg="pod sandbox \\"ID\\" is running, please stop it first"\n')
  })

  it('come back when they are stopped: the kubelet wants them', async () => {
    expect(await node.run('crictl stop $side > stopped; [ $(cat stopped) = $side ]; echo $?')).toBe('0\n')
    await node.run('sleep 3')
    expect(
      await node.run("crictl ps -a -o json --name '^side$' | jq -c '.containers[] | [.state, .metadata.attempt]'"),
    ).toBe('["CONTAINER_RUNNING",1]\n["CONTAINER_EXITED",0]\n')
  })

  it('are made anew when the sandbox is stopped', async () => {
    expect(await node.run('crictl stopp $pod | cut -d " " -f 1-2')).toBe('Stopped sandbox\n')
    await node.run('sleep 3')
    expect(await node.run("crictl pods -o json | jq -c '.items[] | [.state, .metadata.attempt]'")).toBe(
      '["SANDBOX_READY",1]\n["SANDBOX_NOTREADY",0]\n',
    )
  })
})
