// The labels by which we know what is ours in a docker engine.

/** On everything that a lesson's `docker` makes. */
export const ours = { name: 'dev.pause-lab', value: '1' }

/** On the same: which session made it. */
export const sessionLabel = 'dev.pause-lab.session'

/**
 * On images instead of the others. Containers inherit the labels of their image: one that the learner starts elsewhere
 * from such an image is not ours.
 */
export const imageLabel = 'dev.pause-lab.image'
