// Between a listing on a page and whoever runs its program.

import type { SteppingAnswer, SteppingRequest } from '../common/stepping-messages.ts'

export interface SteppingLink {
  send(request: SteppingRequest): void
  /** Told of every listing's answers, until the result is disposed of. */
  onAnswer(listener: (answer: SteppingAnswer) => void): { dispose(): void }
}
