// Where each member of a struct or union is declared, for notes.
import type { Location } from './tokenize.ts'
import type { Member } from './types.ts'

const places = new WeakMap<Member, Location>()

export function rememberMember(member: Member, at: Location): void {
  places.set(member, at)
}

export function memberPlace(member: Member): Location | undefined {
  return places.get(member)
}
