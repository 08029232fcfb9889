// Names of images as people type them: what is allowed, by the grammar of the distribution project, and its words.
import { StatusError } from './errors.ts'
import { isAtLeast, type Release } from './release.ts'

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const domain =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[\\da-fA-F:]+\\])(?::\\d+)?'
const reference = new RegExp(
  `^(?:${domain}/)?${component}(?:/${component})*(?::[\\w][\\w.-]{0,127})?(?:@[A-Za-z][\\w+.-]*:[\\da-fA-F]{32,})?$`,
)

/** Why a text is no reference; undefined when it is one. */
export function referenceProblem(release: Release, text: string): string | undefined {
  const modern = isAtLeast(release, '26.1')
  const slash = text.indexOf('/')
  const first = text.slice(0, Math.max(0, slash))
  const hasDomain =
    slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || (modern && first.toLowerCase() !== first))
  const rest = hasDomain ? text.slice(slash + 1) : text.includes('/') ? text : `library/${text}`
  const name = rest.split(/[:@]/, 1)[0] ?? ''
  if (name.toLowerCase() !== name) {
    return `invalid reference format: repository name ${modern ? `(${name}) ` : ''}must be lowercase`
  }
  if (!reference.test(hasDomain ? text : `docker.io/${rest}`)) return 'invalid reference format'
  return undefined
}

/** @throws StatusError with docker's words */
export function checkReference(release: Release, text: string): void {
  const problem = referenceProblem(release, text)
  if (problem !== undefined) throw new StatusError(problem)
}
