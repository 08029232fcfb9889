// Entry of the bundle with the real machine. Imported at the first run there.

export { openLessonMachine } from '../src/machine/lesson-machine.ts'
