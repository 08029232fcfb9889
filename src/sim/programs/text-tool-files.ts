// The file system that just-bash's tools see: each of its questions waits until the program has answered it by system calls.
import type { Program, Stat, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { readFile, writeAll } from './stdio.ts'

/** A question about files, and how to answer it. */
export interface FileQuestion {
  readonly kind: keyof typeof answers
  readonly path: string
  /** A second path, new content or a mode. */
  readonly argument?: unknown
  resolve(value: unknown): void
  reject(error: Error): void
}

/** The library's IFileSystem, whose every method asks. */
export class QuestionedFiles {
  readonly #waiting: FileQuestion[] = []
  #wake: (() => void) | undefined

  /** The next question, when there is one. */
  async next(): Promise<{ kind: 'question'; question: FileQuestion }> {
    for (;;) {
      const question = this.#waiting.shift()
      if (question) return { kind: 'question', question }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #ask<T>(kind: FileQuestion['kind'], path: string, argument?: unknown): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ kind, path, argument, resolve: resolve as (value: unknown) => void, reject })
      this.#wake?.()
    })
  }

  readFile = async (path: string): Promise<string> => decodeText(await this.#ask<Uint8Array>('read', path))
  readFileBuffer = (path: string): Promise<Uint8Array> => this.#ask('read', path)
  writeFile = (path: string, content: string | Uint8Array): Promise<void> => this.#ask('write', path, content)
  appendFile = (path: string, content: string | Uint8Array): Promise<void> => this.#ask('append', path, content)
  exists = (path: string): Promise<boolean> => this.#ask('exists', path)
  stat = async (path: string): Promise<object> => statOf(await this.#ask<Stat>('stat', path))
  lstat = async (path: string): Promise<object> => statOf(await this.#ask<Stat>('lstat', path))
  mkdir = (path: string): Promise<void> => this.#ask('mkdir', path)
  readdir = (path: string): Promise<string[]> => this.#ask('list', path)
  rm = (path: string): Promise<void> => this.#ask('remove', path)
  cp = async (from: string, to: string): Promise<void> => this.writeFile(to, await this.readFileBuffer(from))
  mv = (from: string, to: string): Promise<void> => this.#ask('rename', from, to)
  chmod = (path: string, mode: number): Promise<void> => this.#ask('chmod', path, mode)
  symlink = (target: string, path: string): Promise<void> => this.#ask('symlink', path, target)
  link = (existing: string, path: string): Promise<void> => this.#ask('link', path, existing)
  readlink = (path: string): Promise<string> => this.#ask('readlink', path)
  realpath = async (path: string): Promise<string> => path
  utimes = async (): Promise<void> => {}
  getAllPaths = (): string[] => []

  resolvePath(base: string, path: string): string {
    const parts: string[] = []
    for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
      if (part === '..') parts.pop()
      else if (part !== '' && part !== '.') parts.push(part)
    }
    return `/${parts.join('/')}`
  }
}

function statOf(stat: Stat): object {
  return {
    isFile: stat.type !== 'directory' && stat.type !== 'symlink',
    isDirectory: stat.type === 'directory',
    isSymbolicLink: stat.type === 'symlink',
    mode: stat.mode,
    size: stat.size,
    mtime: new Date(stat.mtime / 1000),
    dev: stat.dev,
    ino: stat.ino,
  }
}

function* write(system: System, path: string, content: unknown, flag: 'TRUNC' | 'APPEND'): Program<void> {
  const fd = yield* system.open(path, ['WRONLY', 'CREAT', flag])
  yield* writeAll(system, fd, content instanceof Uint8Array ? content : String(content))
  yield* system.close(fd)
}

/** What each question is in system calls. */
const answers = {
  read: (system: System, path: string) => readFile(system, path),
  write: (system: System, path: string, content: unknown) => write(system, path, content, 'TRUNC'),
  append: (system: System, path: string, content: unknown) => write(system, path, content, 'APPEND'),
  *exists(system: System, path: string): Program<boolean> {
    try {
      yield* system.stat(path)
      return true
    } catch (error) {
      if (error instanceof SystemCallError) return false
      throw error
    }
  },
  stat: (system: System, path: string) => system.stat(path),
  lstat: (system: System, path: string) => system.lstat(path),
  mkdir: (system: System, path: string) => system.mkdir(path),
  *list(system: System, path: string): Program<string[]> {
    const fd = yield* system.open(path, ['RDONLY', 'DIRECTORY'])
    const entries = yield* system.getdents(fd)
    yield* system.close(fd)
    return entries.map(({ name }) => name).filter((name) => name !== '.' && name !== '..')
  },
  *remove(system: System, path: string): Program<void> {
    const { type } = yield* system.lstat(path)
    yield* type === 'directory' ? system.rmdir(path) : system.unlink(path)
  },
  rename: (system: System, path: string, to: unknown) => system.rename(path, String(to)),
  chmod: (system: System, path: string, mode: unknown) => system.chmod(path, Number(mode)),
  symlink: (system: System, path: string, target: unknown) => system.symlink(String(target), path),
  link: (system: System, path: string, existing: unknown) => system.link(String(existing), path),
  readlink: (system: System, path: string) => system.readlink(path),
} as const satisfies Record<string, (system: System, path: string, argument: unknown) => Program<unknown>>

/** Answers a question. Throws SystemCallError as the calls do. */
export function answer(system: System, { kind, path, argument }: FileQuestion): Program<unknown> {
  return answers[kind](system, path, argument)
}
