// What stepping through a program says, in the learner's language.

import { l10n } from 'vscode'
import type { SteppingWords } from './common/listing-words.ts'

/** The words of a listing that belong to its program's run; `{0}` and `{1}` are filled in where they are drawn. */
export function steppingWords(): SteppingWords {
  return {
    stepping: l10n.t('Run it line by line, in the simulated machine'),
    step: l10n.t('Step'),
    run: l10n.t('Run'),
    signal: l10n.t('Signal'),
    send: l10n.t('Send'),
    restart: l10n.t('Restart'),
    stop: l10n.t('Stop'),
    notStarted: l10n.t('Not started. Keys: s step, r run, x send the signal.'),
    line: l10n.t('line {0} in {1}', '{0}', '{1}'),
    beforeFirstLine: l10n.t('before the first line'),
    process: l10n.t('PID {0}', '{0}'),
    stateR: l10n.t('R running'),
    stateS: l10n.t('S sleeping'),
    stateT: l10n.t('T stopped'),
    stateZ: l10n.t('Z zombie'),
    stateOther: l10n.t('state {0}', '{0}'),
    inCall: l10n.t('in {0}() ({1})', '{0}', '{1}'),
    ended: l10n.t('ended, exit code {0}', '{0}'),
    endedBySignal: l10n.t('ended by {1}, exit code {0}', '{0}', '{1}'),
    lastSignal: l10n.t('last signal {0}', '{0}'),
    ahead: l10n.t('lines ahead: {0}', '{0}'),
    printed: l10n.t('What the program has printed'),
    notCompiled: l10n.t('gcc does not compile it'),
    stopped: l10n.t('Stopped.'),
  }
}
