// Entry of the bundle with the simulated machine. Imported at the first run.

export { createSimulatedBackend } from '../src/sim/backend.ts'
export { traceLines } from '../src/sim/cc/trace.ts'
