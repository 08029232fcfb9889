// Compares what one script printed on two machines that are alike, but booted apart.
import { Normalizer } from '../../src/session/normalize.ts'
import { asText, difference, type Printed } from './printed.ts'

/** A unified diff from the real engine to the simulation; empty when they printed the same. */
export function compareAlone(real: Printed, simulated: Printed, engine: string): string {
  return difference(asText(new Normalizer(), prepare(real)), asText(new Normalizer(), prepare(simulated)), {
    from: engine,
    to: 'simulated',
  })
}

function prepare(printed: Printed): Printed {
  return { ...printed, stdout: lineNumbers(printed.stdout), stderr: lineNumbers(printed.stderr) }
}

/** In a fresh shell bash counts its own lines alone: there the number means something. A PID may follow it. */
function lineNumbers(text: string): string {
  return text
    .replaceAll(/(?<=\bbash: line \d+:) +\d+ (?=[A-Z])/g, ' PID ')
    .replaceAll(/\bbash: line (\d+):/g, 'bash: at line $1:')
}
