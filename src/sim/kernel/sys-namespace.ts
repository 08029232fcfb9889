// System calls about namespaces: unshare(2) and setns(2).
import type { CallTable } from './call-table.ts'
import { kindOfFlag, namespacesForFlags, setPidNamespaceForChildren } from './namespace-life.ts'
import { namespaceOfFile } from './nsfs.ts'
import type { Namespace, Namespaces } from './namespaces.ts'
import { requireUnshare } from './sys-process.ts'
import { type NamespaceCalls, SystemCallError } from './system.ts'
import { requireCapability } from './user-namespace.ts'

/** A set with one namespace exchanged. A PID namespace is exchanged for future children only, not here. */
function withNamespace(set: Namespaces, namespace: Namespace): Namespaces {
  return { ...set, [namespace.kind]: namespace }
}

export const namespaceCalls: CallTable<NamespaceCalls> = {
  unshare: {
    number: 272,
    page: 'unshare(2)',
    run: (kernel, process, flags) => {
      requireUnshare(process, flags)
      const next = namespacesForFlags(kernel, process, flags)
      setPidNamespaceForChildren(kernel, process, next.pid)
      // A process never changes its own PID namespace; one made here lives by its first child.
      kernel.replaceNamespaces(process, { ...next, pid: process.namespaces.pid })
    },
  },
  setns: {
    number: 308,
    page: 'setns(2)',
    run: (kernel, process, fd, type) => {
      const namespace = namespaceOfFile(process.files.get(fd))
      if (namespace === undefined) throw new SystemCallError('EINVAL')
      if (type !== undefined && (type === 'PARENT' || kindOfFlag[type] !== namespace.kind)) {
        throw new SystemCallError('EINVAL')
      }
      requireCapability(process, 'SYS_ADMIN', namespace.kind === 'user' ? namespace : namespace.owner)
      if (namespace.kind === 'pid') {
        setPidNamespaceForChildren(kernel, process, namespace)
        return
      }
      kernel.replaceNamespaces(process, withNamespace(process.namespaces, namespace))
    },
  },
}
