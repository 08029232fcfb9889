// Stepping through a lesson in a terminal, a cell a keypress.
import { expect, test } from 'vitest'
import { pauseLab } from './world.ts'

/** The screen after these keys; what was erased again is not on it. */
async function screen(keys: string, args: readonly string[] = ['start', '1']): Promise<string[]> {
  const { stdout } = await pauseLab(args, { keys })
  return stdout.replaceAll(/[^\n]*\r\x1b\[K/g, '').split('\n')
}

const title = [
  'Keys: Enter or space runs the cell, s skips it, q quits, ? shows this. Ctrl-C cancels a cell that runs.',
  '',
  'Hello',
  '=====',
  '',
  'This lesson says two words with `echo`.',
  '',
]

test('q quits at once', async () => {
  expect(await screen('q')).toEqual([...title, '$ echo hello', ''])
})

test('Enter runs cells; a guess is asked for before, and shown beside the result', async () => {
  expect(await screen('\r1\r\rq')).toEqual([
    ...title,
    '$ echo hello',
    'hello',
    '',
    '1. The first word.',
    '',
    '? How many words?',
    '  1 one',
    '  2 two',
    '',
    'Your guess, 1 to 2 ([s] skips): 1',
    '',
    '$ echo hello world; exit_code() { return 3; }; exit_code',
    'hello world',
    '[exit code 3]',
    '',
    'Not so. Your guess: one. Right is: two. There are two.',
    '',
    '$ done=yes',
    'The check is green.',
    '',
    '- The end,',
    '- of all.',
    '',
    'This was the whole lesson. `pause-lab lessons` lists the others.',
    '',
    '',
  ])
})

test('a right guess is praised with its reason', async () => {
  const lines = await screen('\r2\rq')
  expect(lines.find((line) => line.includes('Your guess: '))).toBe('Right. Your guess: two. There are two.')
})

test('h shows the hints of a task one by one', async () => {
  expect((await screen('ssshhq')).slice(-5)).toEqual(['It is a variable.', '', 'There is no more hint.', '', ''])
})

test('what is skipped is run when a later cell needs it', async () => {
  const lines = await screen('ss\rq')
  expect(lines.includes('hello world')).toBe(true)
})

test('other keys do nothing', async () => {
  expect(await screen('xyzq')).toEqual(await screen('q'))
})

test('in Russian', async () => {
  expect((await screen('\r1\r\r', ['start', '1', '--lang', 'ru'])).slice(0, 20)).toEqual([
    'Клавиши: Enter или пробел запускает ячейку, s пропускает, q завершает, ? показывает это. Ctrl-C прерывает ячейку.',
    '',
    '$ echo hello',
    'hello',
    '',
    '1. Первое слово.',
    '',
    '? Сколько слов?',
    '  1 одно',
    '  2 два',
    '',
    'Ваша догадка, от 1 до 2 ([s] пропускает): 1',
    '',
    '$ echo hello world; exit_code() { return 3; }; exit_code',
    'hello world',
    '[код завершения 3]',
    '',
    'Нет. Ваша догадка: одно. Верно: два. Их два.',
    '',
    '$ done=yes',
  ])
})
