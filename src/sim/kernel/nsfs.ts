// nsfs: namespaces as files. Opening /proc/PID/ns/net, or binding it somewhere, keeps the namespace, namespaces(7).
import type { Kernel } from './kernel.ts'
import { hold, releaseNamespace } from './namespace-life.ts'
import type { Namespace } from './namespaces.ts'
import type { OpenFile, RegularInode } from './vfs.ts'

/** st_dev of nsfs. */
const device = 4

const inodes = new WeakMap<Namespace, RegularInode>()

/** The file that stands for a namespace: one and the same as long as the namespace lives. */
export function namespaceInode(kernel: Kernel, namespace: Namespace): RegularInode {
  const known = inodes.get(namespace)
  if (known) return known
  const time = kernel.clock.now()
  const inode: RegularInode = {
    type: 'regular',
    ino: namespace.inode,
    device,
    mode: 0o444,
    uid: 0,
    gid: 0,
    nlink: 1,
    atime: time,
    mtime: time,
    ctime: time,
    content: new Uint8Array(),
    namespace,
    pin: { hold: () => hold(namespace), release: () => releaseNamespace(kernel, namespace) },
  }
  inodes.set(namespace, inode)
  return inode
}

/** As readlink shows it: `net:[4026531840]`. */
export function namespaceName(namespace: Namespace): string {
  return `${namespace.kind}:[${namespace.inode}]`
}

/** The namespace that an open file stands for; undefined when it is no file of nsfs. */
export function namespaceOfFile(file: OpenFile): Namespace | undefined {
  return file.inode.type === 'regular' ? file.inode.namespace : undefined
}
