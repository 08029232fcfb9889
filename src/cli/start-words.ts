// What `pause-lab start` says between the lesson's own lines, in the languages of the course.
import type { Language } from '../session/messages.ts'

interface Words {
  keys: string
  run: string
  task: string
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
    task: '[h] hint  [Enter] show and run a solution  [s] skip  [q] quit ',
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
    task: '[h] подсказка  [Enter] показать и выполнить решение  [s] пропустить  [q] выйти ',
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
