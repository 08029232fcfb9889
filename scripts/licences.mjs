// The licences of what the bundles contain: each npm package that esbuild put into one, with the text that it ships.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {string} root the checkout
 * @param {readonly import('esbuild').Metafile[]} metafiles of all bundles
 * @returns {string} one section a package, sorted by name
 * @throws when a package does not say its licence
 */
export function licencesOf(root, metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs))
  const directories = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
  const packages = [...new Set(directories)].filter((directory) => directory !== undefined).toSorted()
  const sections = packages.map((directory) => section(join(root, directory)))
  return `Pause Lab is under the MIT licence (LICENSE). It contains these packages:\n\n${sections.join('\n')}`
}

function section(directory) {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  if (typeof license !== 'string') throw new Error(`${name} does not say its licence: leave it out, or ask`)
  const file = readdirSync(directory).find((each) => /^licen[cs]e/i.test(each))
  const text =
    file !== undefined && existsSync(join(directory, file)) ? readFileSync(join(directory, file), 'utf8') : ''
  return `${'-'.repeat(80)}\n${name} ${version}, ${license}\n\n${text.trim()}\n`
}
