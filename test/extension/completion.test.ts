// What Tab offers, asked of the simulated machine's own shell.
import { expect, test } from 'vitest'
import { completeWord } from '../../extension/common/completion.ts'
import { createSimulatedBackend } from '../../src/sim/backend.ts'

async function check(line: string): Promise<string[]> {
  const backend = createSimulatedBackend()
  const shell = await backend.open({})
  const run = async (script: string): Promise<string> => {
    const decoder = new TextDecoder()
    let text = ''
    await shell.run(`${script}\n`, {
      stdout: (bytes) => {
        text += decoder.decode(bytes, { stream: true })
      },
      stderr: () => undefined,
    })
    return text
  }
  await run('mkdir -p work/deep; echo > work/.hidden; echo > "work/it\'s"')
  const { start, candidates } = await completeWord(line, run)
  return candidates.map((word) => line.slice(0, start) + word)
}

test('the first word is a command', async () => {
  expect(await check('dock')).toEqual(['docker', 'docker-init'])
})

test('so is a word after a pipe', async () => {
  expect(await check('ls | whoa')).toEqual(['ls | whoami'])
})

test('other words are files; a directory ends in a slash', async () => {
  expect(await check('ls wo')).toEqual(['ls work/'])
})

test('a file in a directory; hidden ones when asked for', async () => {
  expect([await check('cat work/'), await check('cat work/.')]).toEqual([
    ['cat work/deep/', "cat work/it's"],
    ['cat work/.hidden'],
  ])
})
