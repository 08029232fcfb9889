// Members of structs and unions by name, and the text of an access to one.
import type { Operand } from './operand.ts'
import type { Expression } from './tree.ts'
import type { Member, RecordLayout } from './types.ts'

/** Finds a member, also in anonymous ones; gives the way to it. */
export function findMember(record: RecordLayout, name: string): Member[] | undefined {
  for (const member of record.members ?? []) {
    if (member.name === name) return [member]
    if (member.name === undefined && member.type.kind === 'record') {
      const inner = findMember(member.type.record, name)
      if (inner !== undefined) return [member, ...inner]
    }
  }
  return undefined
}

export function memberNames(record: RecordLayout): string[] {
  return (record.members ?? []).flatMap(({ name, type }) =>
    name !== undefined ? [name] : type.kind === 'record' ? memberNames(type.record) : [],
  )
}

/** An operand that names an object or a member, as messages quote it. */
export function textOf({ node }: Operand): string {
  return node.kind === 'variable' ? node.variable.name : node.kind === 'member' ? memberText(node) : '<expression>'
}

function memberText(node: Expression & { kind: 'member' }): string {
  const { object, member } = node
  if (object.kind === 'dereference') {
    const pointer = object.pointer.kind === 'load' ? object.pointer.operand : object.pointer
    const base =
      pointer.kind === 'variable' ? pointer.variable.name : pointer.kind === 'member' ? memberText(pointer) : '*'
    return `${base}->${member.name ?? ''}`
  }
  const base = object.kind === 'variable' ? object.variable.name : object.kind === 'member' ? memberText(object) : ''
  return `${base}.${member.name ?? ''}`
}
