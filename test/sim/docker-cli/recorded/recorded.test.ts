// Command lines that were run on real engines, with what those printed: `NAME.ENGINE.txt`, a line `# name` begins a test on
// a new machine. `$ command` is compared, stdout first, then stderr behind `! `; `~ command` is only run, since what it
// prints is luck, or is not simulated. Ids are numbered within each command.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Shell } from '../../../../src/session/backend.ts'
import { createSimulatedBackend } from '../../../../src/sim/backend.ts'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'))

/** A name alone on its line above the first command. */
const headings = /(?<![^\n]\n)^# (?=.*\n[$~] )/m

describe.each(files)('%s', (file) => {
  const persona = /\.(docker-[\d.]+)\.txt$/.exec(file)?.[1] ?? ''
  const [, ...tests] = readFileSync(`${import.meta.dirname}/${file}`, 'utf8').split(headings)
  it.each(tests.map((text) => [text.slice(0, text.indexOf('\n')), text] as const))('%s', async (_, text) => {
    const cells = text
      .slice(text.indexOf('\n') + 1)
      .split(/^(?=[$~] )/m)
      .map((cell) => cell.trimEnd())
    const backend = createSimulatedBackend({ persona })
    const shell = await backend.open({})
    await shell.run('set +m; mkdir -p /tmp/t; cd /tmp/t', { stdout: () => {}, stderr: () => {} })
    const expected: string[] = []
    const printed: string[] = []
    for (const cell of cells) {
      const command = cell.split('\n', 1)[0]?.slice(2) ?? ''
      const answer = await run(shell, command)
      if (cell.startsWith('~')) continue
      expected.push(cell)
      printed.push(`$ ${command}\n${answer}`.trimEnd())
    }
    await backend.dispose()
    expect(printed.join('\n')).toBe(expected.join('\n'))
  })
})

async function run(shell: Shell, command: string): Promise<string> {
  const decoders = [new TextDecoder(), new TextDecoder()] as const
  const texts = ['', '']
  const take = (stream: 0 | 1) => (chunk: Uint8Array) => {
    texts[stream] += decoders[stream].decode(chunk, { stream: true })
  }
  const { exitCode } = await shell.run(command, { stdout: take(0), stderr: take(1) })
  const lines = texts.flatMap((text, stream) =>
    text === ''
      ? []
      : text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => `${stream === 1 ? '! ' : ''}${line}`.trimEnd()),
  )
  return numberIds([...lines, ...(exitCode === 0 ? [] : [`[exit ${exitCode}]`])].join('\n'))
}

/** Ids of 64 and of 12 digits, by their first twelve, in order of appearance. */
function numberIds(text: string): string {
  const numbers = new Map<string, number>()
  return text.replaceAll(/\b(?:[0-9a-f]{64}|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{12})\b/g, (id) => {
    const key = id.slice(0, 12)
    const number = numbers.get(key) ?? numbers.size + 1
    numbers.set(key, number)
    return id.length === 64 ? `<id${number}:long>` : `<id${number}>`
  })
}
