// Entry of the bundle that knows lessons: reading and writing them, and running their cells. Imported on demand.

export { headingsOf } from './common/headings.ts'
export { readLesson } from '../src/notebook/lesson.ts'
export { parseCaptures } from '../src/notebook/listing.ts'
export { fromNotebookCells, toNotebookCells } from '../src/notebook/notebook-cells.ts'
export { describeRefusal } from '../src/session/messages.ts'
export { shareDone } from '../src/session/progress.ts'
export { isOrdinary, LessonSession } from '../src/session/session.ts'
