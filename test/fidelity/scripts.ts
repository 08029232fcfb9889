// The project's own scripts: one file a subject, cut at lines `### title`. Each runs alone, on an empty machine.
import { readdirSync, readFileSync } from 'node:fs'

export interface OwnScript {
  readonly subject: string
  readonly title: string
  readonly text: string
  /** The only engines that it is for; all when undefined. */
  readonly engines: readonly string[] | undefined
}

const folder = new URL('scripts/', import.meta.url)

/**
 * All scripts of a folder, in the order of the files' names.
 * @param under `kubernetes/`: those for a cluster; by default those for docker engines
 * @throws Error when a title stands twice in a file
 */
export function readOwnScripts(under: '' | 'kubernetes/' = ''): OwnScript[] {
  const files = readdirSync(new URL(under, folder)).filter((name) => name.endsWith('.sh'))
  return files
    .toSorted()
    .flatMap((name) => cut(name.replace(/\.sh$/, ''), readFileSync(new URL(under + name, folder), 'utf8')))
}

function cut(subject: string, text: string): OwnScript[] {
  const [, ...parts] = text.split(/^### (.*)\n/m)
  const scripts: OwnScript[] = []
  for (let at = 0; at < parts.length; at += 2) {
    const [, title = '', , engines] = /^(.*?)( \[(.*)\])?$/.exec(parts[at] ?? '') ?? []
    if (scripts.some((script) => script.title === title)) throw new Error(`${subject}: two scripts named ${title}`)
    scripts.push({ subject, title, text: `${(parts[at + 1] ?? '').trim()}\n`, engines: engines?.split(' ') })
  }
  return scripts
}
