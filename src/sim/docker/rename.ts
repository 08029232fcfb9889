// `docker rename`.
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { isValidName, nameCharacters } from './names.ts'
import { nameConflict } from './texts.ts'

/** POST /containers/ID/rename. @throws EngineError 404, 400, 409 */
export function containerRename(daemon: Daemon, name: string, newName: string): void {
  const container = daemon.get(name)
  const plain = newName.replace(/^\//, '')
  if (plain === '') throw new EngineError(400, 'Neither old nor new names may be empty')
  if (plain === container.name) {
    throw new EngineError(400, 'Renaming a container with the same name as its current name')
  }
  const allocating = (status: number, text: string) =>
    new EngineError(status, `Error when allocating new name: ${text}`)
  if (!isValidName(plain)) {
    throw allocating(400, `Invalid container name (/${plain}), only ${nameCharacters} are allowed`)
  }
  const owner = daemon.byName(plain)
  if (owner !== undefined) throw allocating(409, nameConflict(plain, owner.id).message)
  const old = container.name
  daemon.rename(container, plain)
  daemon.logEvent(container, 'rename', { oldName: `/${old}` })
}
