// What `pause-lab step` says besides the program's lines, in the languages of the course.
import type { Language } from '../session/messages.ts'

interface Words {
  readonly keys: string
  ahead(lines: number): string
  ended(exitCode: number): string
}

export const stepWords: Readonly<Record<Language, Words>> = {
  en: {
    keys: 'Keys: s or Enter a line, r run on, q quit; signals: t TERM, i INT, c CHLD, h HUP, u USR1, k KILL, z STOP, g CONT.',
    ahead: (lines) => `lines ahead: ${lines}`,
    ended: (exitCode) => `ended, exit code ${exitCode}`,
  },
  ru: {
    keys: 'Клавиши: s или Enter - строка, r - дальше, q - выйти; сигналы: t TERM, i INT, c CHLD, h HUP, u USR1, k KILL, z STOP, g CONT.',
    ahead: (lines) => `строк впереди: ${lines}`,
    ended: (exitCode) => `завершён, код ${exitCode}`,
  },
}
