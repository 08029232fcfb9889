// What the machine under a lesson is: which tools it has and their versions, asked through a shell of its own.
import type { Backend, Shell } from './backend.ts'
import { Capture, silentIo } from './capture.ts'
import type { EngineVersions } from './result.ts'
import { quote } from './script.ts'

/** How a version is asked for, and where it stands in the answer. The tool itself must be there. */
const questions: readonly { subject: keyof EngineVersions; tool?: string; script: string; answer: RegExp }[] = [
  { subject: 'docker', tool: 'docker', script: "docker version --format '{{.Server.Version}}'", answer: /^(\d\S*)/ },
  {
    subject: 'kubernetes',
    tool: 'kubectl',
    script: 'kubectl version -o json',
    answer: /"serverVersion":[^}]*?"gitVersion": *"v?([^"]+)"/s,
  },
  { subject: 'kernel', script: 'uname -r', answer: /^(\d\S*)/ },
]

/** What shows that a tool which a lesson `needs` is there. */
const presence: Readonly<Record<string, string>> = {
  cc: 'command -v cc || command -v gcc',
  // It is on the nodes: here is the way to them.
  crictl: 'command -v crictl || command -v kubectl',
}

// An engine that does not answer must not stop the lesson; its version is then unknown.
const answerTimeoutMs = 10_000

/** Asks a backend, each thing once. Its shell is not the learner's, so that `$?` and history there stay as they are. */
export class Engine {
  private readonly backend: Backend
  private shell: Shell | undefined
  private readonly tools = new Map<string, Promise<boolean>>()
  private readonly known = new Map<string, Promise<string | undefined>>()

  constructor(backend: Backend) {
    this.backend = backend
  }

  /** Is a tool installed? Whether its engine answers is another question: the tool's own error says that best. */
  has(tool: string): Promise<boolean> {
    let answer = this.tools.get(tool)
    if (!answer) {
      answer = this.ask(presence[tool] ?? `command -v ${quote(tool)}`).then(({ exitCode }) => exitCode === 0)
      this.tools.set(tool, answer)
      answer.catch(() => this.tools.delete(tool))
    }
    return answer
  }

  /** @param needs tools whose engines count, as in a lesson's `needs`; the kernel's version is always asked */
  async versions(needs: readonly string[]): Promise<EngineVersions> {
    const versions: EngineVersions = {}
    for (const { subject, tool, script, answer } of questions) {
      if (tool !== undefined && !needs.includes(tool)) continue
      let version = this.known.get(subject)
      if (!version) {
        version = this.ask(script).then(({ stdout }) => answer.exec(stdout)?.[1])
        this.known.set(subject, version)
        version.catch(() => this.known.delete(subject))
      }
      const found = await version
      if (found !== undefined) versions[subject] = found
    }
    return versions
  }

  private async ask(script: string): Promise<{ exitCode: number; stdout: string }> {
    this.shell ??= await this.backend.open({})
    const shell = this.shell
    const capture = new Capture(silentIo, 256 * 1024)
    const { exitCode } = await shell.run(`${script}\n`, {
      stdout: (chunk) => capture.stdout(chunk),
      stderr: (chunk) => capture.stderr(chunk),
      timeoutMs: answerTimeoutMs,
    })
    return { exitCode, stdout: capture.end().stdout }
  }
}

/** The engine in a few words: `docker 26.1.5`, or what else is known. */
export function engineName(versions: EngineVersions): string {
  if (versions.kubernetes !== undefined) return `kubernetes ${versions.kubernetes}`
  if (versions.docker !== undefined) return `docker ${versions.docker}`
  return versions.kernel === undefined ? 'this machine' : `Linux ${versions.kernel}`
}
