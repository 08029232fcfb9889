// The host's file system as the learner finds it: directories, a few files of /etc, and the programs on PATH.
import { type MemoryDirectory, memoryFileSystem } from './kernel/memory-file-system.ts'
import type { Main } from './kernel/system.ts'
import type { Persona } from './persona.ts'

const directories = [
  'boot',
  'dev',
  'etc',
  'home',
  'media',
  'mnt',
  'opt',
  'proc',
  'run',
  'srv',
  'sys',
  'usr/bin',
  'usr/lib',
  'usr/local/bin',
  'usr/local/sbin',
  'usr/sbin',
  'var/lib',
  'var/log',
]

/** Since Debian 12 these are links into /usr. */
const merged: readonly (readonly [string, string])[] = [
  ['bin', 'usr/bin'],
  ['sbin', 'usr/sbin'],
  ['lib', 'usr/lib'],
  ['lib64', 'usr/lib64'],
  ['usr/lib64/ld-linux-x86-64.so.2', '../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'],
  ['var/run', '/run'],
]

function etcFiles(persona: Persona): readonly (readonly [string, string])[] {
  const { hostname } = persona.kernel
  return [
    ['etc/hostname', `${hostname}\n`],
    ['etc/hosts', `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n`],
    ['etc/resolv.conf', 'nameserver 192.168.1.1\n'],
    [
      'etc/passwd',
      'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\nlearner:x:1000:1000:,,,:/home/learner:/bin/bash\n',
    ],
    ['etc/group', 'root:x:0:\ndocker:x:999:learner\nnogroup:x:65534:\nlearner:x:1000:\n'],
    ['etc/os-release', 'PRETTY_NAME="Pause Lab simulated machine"\nNAME="Pause Lab"\nID=pause-lab\nID_LIKE=debian\n'],
  ]
}

/** A stand-in for a binary's bytes: the name is in it, so that two programs differ. */
export function binaryOf(name: string): Uint8Array {
  return new TextEncoder().encode(`\u007fELF\u0002\u0001\u0001 ${name}\n`)
}

/**
 * @param programs path below the root and what execve runs there
 * @param time microseconds since the epoch that the files bear
 */
export function hostFileSystem(persona: Persona, programs: ReadonlyMap<string, Main>, time: number): MemoryDirectory {
  const root = memoryFileSystem({ type: 'ext4', source: '/dev/vda1', time })
  for (const path of directories) root.addDirectory(path)
  root.addDirectory('root', { mode: 0o700 })
  root.addDirectory('root/lab')
  root.addDirectory('home/learner', { uid: 1000, gid: 1000 })
  root.addDirectory('tmp', { mode: 0o1777 })
  root.addDirectory('var/tmp', { mode: 0o1777 })
  for (const [path, target] of merged) root.addSymlink(path, target)
  // What loads a program that is linked dynamically: without it execve fails, as in an image that lacks it.
  root.addFile('usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2', { content: binaryOf('ld.so'), mode: 0o755 })
  for (const [path, content] of etcFiles(persona)) root.addFile(path, content)
  for (const [path, executable] of programs) {
    root.addFile(path, { content: binaryOf(path.slice(path.lastIndexOf('/') + 1)), executable, mode: 0o755 })
  }
  return root
}
