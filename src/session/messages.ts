// The words for what a session reports, in the languages of the course.
import type { CellResult, Refusal } from './result.ts'

export type Language = 'en' | 'ru'

const refusals: Readonly<
  Record<Language, { [Code in Refusal['code']]: (refusal: Extract<Refusal, { code: Code }>) => string }>
> = {
  en: {
    'no-such-cell': ({ cell, cells }) => `There is no cell named ${cell}. The cells are: ${cells.join(', ')}.`,
    'needs-cells': ({ cell, missing }) =>
      `${cell} needs what ${list(missing, 'and')} did. Run first: ${missing.join(', ')}.`,
    'needs-tool': ({ cell, tool }) =>
      `${cell} needs ${tool}, which is not installed here. In the simulated machine everything is there; \`pause-lab doctor\` says how to get ${tool}.`,
    'needs-failed': ({ cell, failed }) => `${cell} was not run, because ${failed}, which it needs, did not go well.`,
    collision: ({ message }) => message,
    'no-node': ({ cell }) =>
      `${cell} runs on the machine that runs the containers, and that one cannot be reached from here.`,
    disposed: () => 'The session has ended.',
  },
  ru: {
    'no-such-cell': ({ cell, cells }) => `Ячейки с именем ${cell} нет. Есть: ${cells.join(', ')}.`,
    'needs-cells': ({ cell, missing }) =>
      `Ячейке ${cell} нужно то, что делают ${list(missing, 'и')}. Сначала запустите: ${missing.join(', ')}.`,
    'needs-tool': ({ cell, tool }) =>
      `Ячейке ${cell} нужна программа ${tool}, а здесь она не установлена. В симулированной машине есть всё; как установить ${tool}, скажет \`pause-lab doctor\`.`,
    'needs-failed': ({ cell, failed }) =>
      `Ячейка ${cell} не запускалась: ${failed}, которая ей нужна, завершилась неудачно.`,
    collision: ({ message }) => message,
    'no-node': ({ cell }) =>
      `Ячейка ${cell} выполняется на машине, где работают контейнеры, а до неё отсюда не достать.`,
    disposed: () => 'Сессия завершена.',
  },
}

/** Why a cell was not run, as one paragraph. */
export function describeRefusal(refusal: Refusal, language: Language = 'en'): string {
  const write = refusals[language][refusal.code] as (refusal: Refusal) => string
  return write(refusal)
}

const outcomes: Readonly<Record<Language, { [Key in Outcome]: (result: CellResult) => string }>> = {
  en: {
    exit: ({ exitCode }) => `exit code ${exitCode}`,
    unexpected: ({ exitCode, expectedExitCode }) => `exit code ${exitCode}, expected ${expectedExitCode}`,
    cancelled: () => 'cancelled',
    timeout: () => 'stopped: the time limit is over',
    shellExited: () => 'the shell has ended; the next cell gets a new one',
  },
  ru: {
    exit: ({ exitCode }) => `код завершения ${exitCode}`,
    unexpected: ({ exitCode, expectedExitCode }) => `код завершения ${exitCode}, а ожидался ${expectedExitCode}`,
    cancelled: () => 'прервано',
    timeout: () => 'остановлено: время вышло',
    shellExited: () => 'оболочка завершилась, следующая ячейка получит новую',
  },
}

type Outcome = 'exit' | 'unexpected' | 'cancelled' | 'timeout' | 'shellExited'

/** How a cell ended, in a few words; empty when it simply went well. */
export function describeOutcome(result: CellResult, language: Language = 'en'): string {
  const words = outcomes[language]
  if (result.refusal) return describeRefusal(result.refusal, language)
  if (result.status === 'cancelled') return words.cancelled(result)
  if (result.status === 'timeout') return words.timeout(result)
  if (result.exitCode !== result.expectedExitCode) return words.unexpected(result)
  if (result.status === 'shell-exited') return words.shellExited(result)
  return result.exitCode === 0 ? '' : words.exit(result)
}

function list(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`
}
