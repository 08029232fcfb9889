// What is said about a run that has ended: its facts, hints, the check's verdict, the prediction beside the result.

import { l10n } from 'vscode'
import type { Cell } from '../src/notebook/cell.ts'
import type { CellResult, PredictionResult } from '../src/session/result.ts'
import type { OutputNote, OutputState } from './common/output-data.ts'
import type { Ending } from './output.ts'
import { duration, exitCode } from './words.ts'

/**
 * Words for the end of a cell's run.
 *
 * @param refusal why it was not run, in words
 */
export function endingOf(cell: Cell, result: CellResult, refusal: string | undefined): Ending {
  const notes: OutputNote[] = []
  if (refusal !== undefined) {
    notes.push({ kind: 'refusal', title: l10n.t('The cell did not run'), lines: [refusal] })
  }
  notes.push(
    ...result.hints.map((hint): OutputNote => ({ kind: 'hint', title: l10n.t('Good to know'), lines: [hint] })),
  )
  // A check may end by `exit`, and the shell with it.
  const hasEnded = result.status === 'ran' || result.status === 'shell-exited'
  if (cell.attributes.check && hasEnded) notes.push(checkNote(result))
  notes.push(...result.predictions.map(predictionNote))
  const { listing } = result
  if (listing !== undefined && !listing.matches) {
    notes.push({
      kind: 'listing',
      title: l10n.t('Not what the lesson recorded'),
      lines: [l10n.t('Your run printed something else than the recorded listing. Ids and addresses do not count.')],
      details: { summary: l10n.t('Show the difference'), text: listing.diff ?? '' },
    })
  }
  return { state: stateOf(result), facts: factsOf(cell, result), notes }
}

function stateOf(result: CellResult): OutputState {
  if (result.status === 'cancelled') return 'cancelled'
  return result.ok ? 'right' : 'wrong'
}

function factsOf(cell: Cell, result: CellResult): string[] {
  const time = duration(result.durationMs)
  if (result.status === 'refused') return []
  if (result.status === 'cancelled') return [l10n.t('cancelled'), time]
  const facts = [exitCode(result.exitCode, result.expectedExitCode), time]
  if (result.status === 'timeout') return [l10n.t('stopped at its time limit'), ...facts]
  if (result.status === 'shell-exited' && !cell.attributes.check)
    return [l10n.t('the shell has ended, a new one begins'), ...facts]
  if (result.listing?.matches === true) facts.push(l10n.t('as recorded'))
  return facts
}

function checkNote(result: CellResult): OutputNote {
  return result.ok
    ? { kind: 'check', title: l10n.t('Reached'), lines: [l10n.t('The check is green.')] }
    : { kind: 'check', title: l10n.t('Not there yet'), lines: [l10n.t('What the check printed says what is missing.')] }
}

function predictionNote({ question, chosen, right, correct, why }: PredictionResult): OutputNote {
  const plain = (text: string) => text.replaceAll('`', '')
  const verdict = correct ? l10n.t('You were right.') : l10n.t('Right is: {0}', plain(right.join(' / ')))
  return {
    kind: 'prediction',
    title: l10n.t('Your prediction: {0}', plain(chosen)),
    lines: [plain(question), verdict, plain(why)],
  }
}
