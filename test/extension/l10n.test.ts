// Every sentence of the interface exists in Russian, with the same places to fill in.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

function sentencesInSource(): string[] {
  const files = readdirSync(join(root, 'extension')).filter((file) => file.endsWith('.ts'))
  const found = files.flatMap((file) => {
    const source = readFileSync(join(root, 'extension', file), 'utf8')
    return [...source.matchAll(/l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)].map((match) =>
      (match[1] ?? match[2] ?? '').replaceAll(/\\(.)/g, '$1'),
    )
  })
  return [...new Set(found)].toSorted()
}

function readJson(file: string): Record<string, string> {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, string>
}

function places(sentence: string): string[] {
  return (sentence.match(/\{\d\}|\$\([\w-]+\)/g) ?? []).toSorted()
}

const russian = readJson('l10n/bundle.l10n.ru.json')

test('the bundle has exactly the sentences of the source', () => {
  expect(Object.keys(russian).toSorted()).toEqual(sentencesInSource())
})

test('a translation fills in what its sentence fills in', () => {
  const different = Object.entries(russian).filter(
    ([english, other]) => places(english).join() !== places(other).join(),
  )
  expect(different).toEqual([])
})

test('the manifest has the same titles in both languages', () => {
  expect(Object.keys(readJson('package.nls.ru.json'))).toEqual(Object.keys(readJson('package.nls.json')))
})

test('each %title% of the manifest exists', () => {
  const used = [...readFileSync(join(root, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1])
  expect([...new Set(used)].toSorted()).toEqual(Object.keys(readJson('package.nls.json')).toSorted())
})
