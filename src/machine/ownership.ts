// Whose is it? Before a lesson starts: does anything that it will create exist already, and is it not this session's?
import { docker } from './docker.ts'
import { ours, sessionLabel } from './labels.ts'

export interface Collision {
  /** As the lesson's `creates` has it: `container/alp1`. */
  thing: string
  /** `foreign`: not made by a lesson, we touch nothing. `other-session`: left by a lesson that was not cleaned up. */
  owner: 'foreign' | 'other-session'
  /** What is in the way, one sentence. */
  message: string
  /** The way out, one sentence. */
  advice: string
}

interface Kind {
  inspect: (name: string) => string[]
  /** The commands with which its owner may make room. */
  wayOut: (name: string) => string
}

const kinds: Readonly<Record<string, Kind>> = {
  container: {
    inspect: (name) => ['container', 'inspect', '--format', '{{json .Config.Labels}}', name],
    wayOut: (name) => `\`docker rename ${name} ${name}-mine\` keeps it, \`docker rm -f ${name}\` removes it`,
  },
  network: {
    inspect: (name) => ['network', 'inspect', '--format', '{{json .Labels}}', name],
    wayOut: (name) => `\`docker network rm ${name}\` removes it`,
  },
  volume: {
    inspect: (name) => ['volume', 'inspect', '--format', '{{json .Labels}}', name],
    wayOut: (name) => `\`docker volume rm ${name}\` removes it, with its data`,
  },
}

/**
 * What the lesson would collide with. Kinds that docker does not have, such as `deployment`, are left out. Reads only.
 *
 * @param creates the lesson's list, `KIND/NAME`
 * @param sessionId what this session has made itself is no collision
 * @throws MachineError when docker cannot be used
 */
export async function findCollisions(creates: readonly string[], sessionId: string): Promise<Collision[]> {
  const collisions: Collision[] = []
  for (const thing of creates) {
    const [kindName = '', name = ''] = thing.split('/')
    const kind = kinds[kindName]
    if (kind === undefined || name === '') continue
    const { exitCode, stdout } = await docker(...kind.inspect(name))
    if (exitCode !== 0) continue
    const labels = labelsIn(stdout)
    if (labels[sessionLabel] === sessionId) continue
    collisions.push(
      labels[ours.name] === ours.value ? leftOver(thing, kindName, name) : foreign(thing, kindName, name, kind),
    )
  }
  return collisions
}

function leftOver(thing: string, kind: string, name: string): Collision {
  return {
    thing,
    owner: 'other-session',
    message: `There is already a ${kind} named ${name}, left by an earlier run of a lesson.`,
    advice: '`pause-lab cleanup` removes what lessons have left.',
  }
}

function foreign(thing: string, kind: string, name: string, { wayOut }: Kind): Collision {
  return {
    thing,
    owner: 'foreign',
    message: `There is already a ${kind} named ${name}, and no lesson made it, so it stays as it is.`,
    advice: `The lesson needs that name: ${wayOut(name)}.`,
  }
}

/** `docker inspect` prints `null` for no labels. */
function labelsIn(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
