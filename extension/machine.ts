// Entry of the bundle with the real machine. Imported at the first run there, and for what looks after that machine.

export { cleanup, type Leftover, listLeftovers } from '../src/machine/cleanup.ts'
export { clusterName, currentCluster } from '../src/machine/cluster.ts'
export { examine, lessonReadiness } from '../src/machine/doctor.ts'
export { openLessonMachine } from '../src/machine/lesson-machine.ts'
