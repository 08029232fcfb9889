// The images that the simulated machine has, or can pull: alpine, busybox, debian, nginx and pause.
import type { ImageDefinition } from './docker/engine.ts'
import { binaryOf } from './host-files.ts'
import { nginxImages } from './images-nginx.ts'
import type { MemoryDirectory } from './kernel/memory-file-system.ts'
import type { Main } from './kernel/system.ts'
import type { Persona } from './persona.ts'

/** What the images are filled with. */
export interface ImagePrograms {
  /** Applets of busybox, by name. */
  readonly applets: ReadonlyMap<string, Main>
  /** Of a Debian's image: path below the root and what runs there. */
  readonly debian: ReadonlyMap<string, Main>
  readonly pause: Main
}

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The root directory of an Alpine: one file, busybox, and a link for each applet. */
function alpineTree(root: MemoryDirectory, { applets }: ImagePrograms, user?: string): void {
  const [passwd, group] = userLines(user)
  for (const name of [
    'bin',
    'etc',
    'home',
    'lib',
    'media',
    'mnt',
    'opt',
    'run',
    'srv',
    'usr/bin',
    'usr/sbin',
    'var/log',
  ]) {
    root.addDirectory(name)
  }
  for (const name of ['dev', 'proc', 'sys']) root.addDirectory(name)
  root.addDirectory('root', { mode: 0o700 })
  root.addDirectory('tmp', { mode: 0o1777 })
  root.addFile('bin/busybox', { content: binaryOf('busybox'), executable: busybox(applets), mode: 0o755 })
  for (const applet of applets.keys()) root.addSymlink(`bin/${applet}`, '/bin/busybox')
  root.addFile('etc/passwd', `root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n${passwd}`)
  root.addFile('etc/group', `root:x:0:root\nnobody:x:65534:\n${group}`)
  root.addFile('etc/os-release', 'NAME="Alpine Linux"\nID=alpine\nPRETTY_NAME="Alpine Linux (simulated)"\n')
}

/** A user that an image adds to its distribution's, with a group of the same name. */
const userLines = (user: string | undefined): readonly [passwd: string, group: string] =>
  user === undefined ? ['', ''] : [`${user}:x:101:101:${user} user:/nonexistent:/bin/false\n`, `${user}:x:101:\n`]

/** The root directory of a Debian: its shells, the coreutils and what else is essential there; no ps, no ip. */
function debianTree(root: MemoryDirectory, { debian }: ImagePrograms, user?: string): void {
  const [passwd, group] = userLines(user)
  for (const name of ['boot', 'dev', 'etc', 'home', 'media', 'mnt', 'opt', 'proc', 'run', 'srv', 'sys', 'var/log']) {
    root.addDirectory(name)
  }
  for (const name of ['usr/bin', 'usr/sbin', 'usr/lib', 'usr/local/bin', 'usr/local/sbin']) root.addDirectory(name)
  for (const name of ['bin', 'sbin', 'lib']) root.addSymlink(name, `usr/${name}`)
  root.addSymlink('var/run', '/run')
  root.addDirectory('root', { mode: 0o700 })
  root.addDirectory('tmp', { mode: 0o1777 })
  for (const [path, executable] of debian) {
    root.addFile(path, { content: binaryOf(path.slice(path.lastIndexOf('/') + 1)), executable, mode: 0o755 })
  }
  root.addFile(
    'etc/passwd',
    `root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n${passwd}`,
  )
  root.addFile('etc/group', `root:x:0:\nnogroup:x:65534:\n${group}`)
  root.addFile('etc/debian_version', '13.2\n')
  root.addFile('etc/os-release', 'PRETTY_NAME="Debian GNU/Linux 13 (simulated)"\nNAME="Debian GNU/Linux"\nID=debian\n')
}

/** busybox: does what the name says by which it was called. */
function busybox(applets: ReadonlyMap<string, Main>): Main {
  return function* multiCall(system, argv, environment) {
    const called = (argv[0] ?? '').replace(/^.*\//, '').replace(/^-/, '')
    const words = called === 'busybox' ? argv.slice(1) : [called, ...argv.slice(1)]
    const [name] = words
    if (name === undefined || name === '--list') {
      yield* system.write(1, `${[...applets.keys()].toSorted().join('\n')}\n`)
      return 0
    }
    const applet = applets.get(name)
    if (applet === undefined) {
      yield* system.write(2, `${name}: applet not found\n`)
      return 127
    }
    yield* system.prctl_set_name(name)
    return yield* applet(system, called === 'busybox' ? words : argv, environment)
  }
}

/** The images of the recording machines came from tar archives, by `docker import`. */
function imported(size: number): Partial<ImageDefinition> {
  return { place: 'local', history: [{ createdBy: '', size, comment: 'Imported from -' }] }
}

/** Every image by what it holds; ids and sizes are those of this machine, as every build's are its own. */
export function knownImages(persona: Persona, programs: ImagePrograms, bootTime: number): readonly ImageDefinition[] {
  const second = 1e6
  const recorded = persona.docker !== 'today'
  const fill = (root: MemoryDirectory) => alpineTree(root, programs)
  return [
    {
      names: ['alpine:latest'],
      id: 'a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c',
      created: bootTime - second,
      sizeBytes: recorded ? 1_980_000 : 8_310_000,
      config: { Cmd: ['/bin/sh'], Env: [recorded ? 'PATH=/bin' : path] },
      ...(recorded && imported(1_980_000)),
      rootTree: fill,
    },
    {
      names: ['registry.k8s.io/pause:3.9'],
      id: 'e6f1816883972d4be47bd48879a08919b96afcd344132622e4d444987919323c',
      created: bootTime,
      sizeBytes: recorded ? 767_000 : 744_000,
      config: { Entrypoint: ['/pause'], User: '65535:65535' },
      ...(recorded && imported(767_000)),
      rootTree: (root) => {
        root.addFile('pause', { content: binaryOf('pause'), executable: programs.pause, mode: 0o755 })
      },
    },
    {
      names: ['registry.k8s.io/pause:3.10'],
      id: '873ed75102791e5b0b8a7fcd41606c92fcec98d56d05ead4ac5131650004c136',
      created: bootTime - 86_400 * second,
      sizeBytes: 736_000,
      config: { Entrypoint: ['/pause'], User: '65535:65535' },
      rootTree: (root) => {
        root.addFile('pause', { content: binaryOf('pause'), executable: programs.pause, mode: 0o755 })
      },
      place: 'registry',
    },
    {
      names: ['busybox:latest'],
      id: '0ed463b26daee791b094dc3fff25edb3e79f153d37d274e5c2936923c38dac2b',
      created: bootTime - 30 * 86_400 * second,
      sizeBytes: 4_280_000,
      config: { Cmd: ['sh'], Env: [path] },
      rootTree: fill,
      place: 'registry',
    },
    {
      names: ['debian:latest', 'debian:13', 'debian:trixie'],
      id: '8d9a4e1a1fd4b6d0ce6f0e8b7a1b9b6a34a6c0a7ce6b8cb5e1a1c2b9c6a2f7d0',
      created: bootTime - 12 * 86_400 * second,
      sizeBytes: 120_000_000,
      config: { Cmd: ['bash'], Env: [path] },
      rootTree: (root) => debianTree(root, programs),
      place: 'registry',
    },
    ...nginxImages(
      {
        alpine: (root, user) => alpineTree(root, programs, user),
        debian: (root, user) => debianTree(root, programs, user),
      },
      bootTime,
    ),
  ]
}
