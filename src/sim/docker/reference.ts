// Names of images as people type them: what is allowed, by the grammar of the distribution project, and its words.
import type { DockerParameters } from './versions.ts'

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const domain =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[\\da-fA-F:]+\\])(?::\\d+)?'
const reference = new RegExp(
  `^(?:${domain}/)?${component}(?:/${component})*(?::[\\w][\\w.-]{0,127})?(?:@[A-Za-z][\\w+.-]*:[\\da-fA-F]{32,})?$`,
)

/** Why a text is no reference; undefined when it is one. */
export function referenceProblem(words: DockerParameters['errorTexts'], text: string): string | undefined {
  const modern = words !== '20.10'
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
