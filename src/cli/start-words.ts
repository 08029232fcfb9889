// What `pause-lab start` says between the lesson's own lines, in the languages of the course.
import type { Language } from '../session/messages.ts'

interface Words {
  keys: string
  run: string
  task: string
  try: string
  noHint: string
  guess(count: number): string
  right: string
  wrong: string
  yours(chosen: string): string
  answer(right: string): string
  reached: string
  notReached: string
  end: string
}

export const startWords: Readonly<Record<Language, Words>> = {
  en: {
    keys: 'Keys: Enter or space runs the cell, s skips it, q quits, ? shows this. Ctrl-C cancels a cell that runs.',
    run: '[Enter] run  [s] skip  [q] quit ',
    task: '[t] try  [c] check  [h] hint  [Enter] show and run a solution  [s] skip  [q] quit ',
    try: 'Type commands; an empty line ends it.',
    noHint: 'There is no more hint.',
    guess: (count) => `Your guess, 1 to ${count} ([s] skips): `,
    right: 'Right.',
    wrong: 'Not so.',
    yours: (chosen) => `Your guess: ${chosen}.`,
    answer: (right) => `Right is: ${right}.`,
    reached: 'The check is green.',
    notReached: 'The check is still red.',
    end: 'This was the whole lesson. `pause-lab lessons` lists the others.',
  },
  ru: {
    keys: 'Клавиши: Enter или пробел запускает ячейку, s пропускает, q завершает, ? показывает это. Ctrl-C прерывает ячейку.',
    run: '[Enter] запустить  [s] пропустить  [q] выйти ',
    task: '[t] попробовать  [c] проверить  [h] подсказка  [Enter] показать и выполнить решение  [s] пропустить  [q] выйти ',
    try: 'Вводите команды; пустая строка - конец.',
    noHint: 'Подсказок больше нет.',
    guess: (count) => `Ваша догадка, от 1 до ${count} ([s] пропускает): `,
    right: 'Верно.',
    wrong: 'Нет.',
    yours: (chosen) => `Ваша догадка: ${chosen}.`,
    answer: (right) => `Верно: ${right}.`,
    reached: 'Проверка зелёная.',
    notReached: 'Проверка пока красная.',
    end: 'Урок пройден. Остальные показывает `pause-lab lessons`.',
  },
}

/** What `pause-lab progress` says of a lesson. */
export const progressWords: Readonly<
  Record<Language, Readonly<Record<'checks' | 'guesses', (some: number, all: number) => string>>>
> = {
  en: {
    checks: (green, all) => `${green} of ${all} checks green`,
    guesses: (right, all) => `${right} of ${all} guesses right`,
  },
  ru: {
    checks: (green, all) => `зелёных проверок ${green} из ${all}`,
    guesses: (right, all) => `верных догадок ${right} из ${all}`,
  },
}
