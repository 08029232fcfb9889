// How ctr ends when something is wrong: `ctr: TEXT` on stderr, exit code 1.
export class CtrError extends Error {}

export function notFound(kind: 'container' | 'task' | 'process', id: string, namespace: string): CtrError {
  if (kind === 'task') return new CtrError(`no running task found: task ${id} not found: not found`)
  return new CtrError(`${kind} ${JSON.stringify(id)} in namespace ${JSON.stringify(namespace)}: not found`)
}
