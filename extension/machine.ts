// Entry of the bundle with the real machine. Imported at the first run there.

export { createMachineBackend } from '../src/machine/backend.ts'
