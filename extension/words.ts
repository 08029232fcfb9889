// All sentences of the interface that more than one place says, in the learner's language.

import { l10n } from 'vscode'
import type { CaptureWords } from './common/captures.ts'
import type { OwnerWords } from './common/identity-owner.ts'
import type { LessonWords } from './common/lesson-data.ts'
import type { OutputWords } from './common/output-data.ts'

export function outputWords(): OutputWords {
  return {
    stderr: l10n.t('standard error'),
    noOutput: l10n.t('No output.'),
    container: l10n.t('container'),
    process: l10n.t('process'),
    namespace: l10n.t('namespace'),
    capture: l10n.t('Differs from run to run; where the same name stands, the same value stood.'),
    owners: l10n.t('What the numbers are'),
    stale: l10n.t('Stale.'),
  }
}

export function captureWords(): CaptureWords {
  return {
    pid: l10n.t('PID'),
    id: l10n.t('id'),
    ns: l10n.t('inode'),
    ip: l10n.t('address'),
    time: l10n.t('time'),
    any: '…',
  }
}

export function ownerWords(): OwnerWords {
  return {
    container: l10n.t('{0}, of image {1}', '{0}', '{1}'),
    hostProcess: l10n.t('{0}, on the host', '{0}'),
    containerProcess: l10n.t('{0}, in {1} as PID {2}, on the host PID {3}', '{0}', '{1}', '{2}', '{3}'),
    namespaceOf: l10n.t('of {0}', '{0}'),
    hostNamespace: l10n.t("the host's own"),
  }
}

export function omittedText(lines: number, droppedUnits: number): { text: string; open: string } {
  const text =
    droppedUnits > 0
      ? l10n.t('{0} earlier lines are not shown; the first of them were not kept.', lines)
      : l10n.t('{0} earlier lines are not shown.', lines)
  return { text, open: l10n.t('Open all in an editor') }
}

/** "3 ms", "1.21 s", or "1 min 5 s" from a minute on. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return l10n.t('{0} ms', Math.max(1, Math.round(milliseconds)))
  const seconds = milliseconds / 1000
  if (seconds < 60) return l10n.t('{0} s', seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1))
  return l10n.t('{0} min {1} s', Math.floor(seconds / 60), Math.round(seconds % 60))
}

/** "exit code 0", and what was expected when that differs. */
export function exitCode(actual: number, expected: number): string {
  if (actual !== expected) return l10n.t('exit code {0}, expected {1}', actual, expected)
  return expected === 0 ? l10n.t('exit code {0}', actual) : l10n.t('exit code {0}, as expected', actual)
}

/** For the lesson's own blocks in markdown cells; `{0}` and `{1}` are filled in where they are drawn. */
export function lessonWords(): LessonWords {
  return {
    minutes: l10n.t('{0} minutes', '{0}'),
    needs: l10n.t('needs {0}, or the simulated machine, which needs nothing', '{0}'),
    needsNothing: l10n.t('needs nothing'),
    objectives: l10n.t('After this lesson you can:'),
    predict: l10n.t('Predict, before you run {0}', '{0}'),
    recall: l10n.t('Do you remember?'),
    open: l10n.t('Kept. You can change it until {0} runs.', '{0}'),
    locked: l10n.t('Locked.'),
    right: l10n.t('You were right.'),
    wrong: l10n.t('It is otherwise.'),
    rightOption: l10n.t('right'),
    hint: l10n.t('Hint {0} of {1}', '{0}', '{1}'),
    solution: l10n.t('A solution'),
    putSolution: l10n.t('Put it into a cell'),
  }
}
