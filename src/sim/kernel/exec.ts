// execve(2): another program in the same process.
import type { Kernel } from './kernel.ts'
import type { Executing, Process } from './process.ts'
import { type Environment, SystemCallError } from './system.ts'
import type { Path, RegularInode } from './vfs.ts'
import { pathName, resolvePath } from './path-resolution.ts'
import { mayAccess } from './permissions.ts'

/** How often a `#!` line may name a script again (BINPRM_MAX_RECURSION). */
const interpreterDepth = 4
/** Bytes of the first line that the kernel looks at (BINPRM_BUF_SIZE). */
const interpreterLine = 256

/**
 * Replaces the program: handlers go back to the default, close-on-exec descriptors are closed, what is ignored or
 * blocked stays so.
 * @throws ENOENT, ENOTDIR, EACCES (no execute permission, or no regular file), ENOEXEC, ELOOP
 */
export function execve(
  kernel: Kernel,
  process: Process,
  path: string,
  argv: readonly string[],
  environment: Environment,
): void {
  const loaded = load(kernel, process, path, argv, 0)
  process.files.closeOnExec()
  for (const [signal, action] of process.actions) {
    if (action.handler !== 'SIG_IGN') process.actions.delete(signal)
  }
  process.suspendedMask = undefined
  startProgram(kernel, process, { ...loaded, environment })
}

/** Puts a program on an empty stack of the process. */
export function startProgram(kernel: Kernel, process: Process, executing: Executing): void {
  process.executing = executing
  process.comm = basename(executing.path ?? executing.argv[0] ?? '').slice(0, 15)
  process.memory = kernel.memoryOf(executing)
  process.frames.length = 0
  process.frames.push({
    program: executing.main(kernel.system, executing.argv, executing.environment),
    resume: { value: undefined },
  })
}

type Loaded = Omit<Executing, 'environment'>

function load(kernel: Kernel, process: Process, path: string, argv: readonly string[], depth: number): Loaded {
  if (depth > interpreterDepth) throw new SystemCallError('ELOOP')
  const place = resolvePath(process, path)
  const inode = executableFile(process, place)
  if (inode.executable !== undefined) {
    return { main: inode.executable, argv, path: pathName(process, place), inode }
  }
  for (const format of kernel.binaryFormats) {
    const found = format(inode.content)
    if (found === undefined) continue
    // ENOENT, though the file itself is there, when its loader is not: a program of glibc in an image of musl.
    const { main, interpreter } = typeof found === 'function' ? { main: found, interpreter: undefined } : found
    if (interpreter !== undefined) executableFile(process, resolvePath(process, interpreter))
    return { main, argv, path: pathName(process, place), inode }
  }
  const script = interpreterOf(inode)
  if (script === undefined) throw new SystemCallError('ENOEXEC')
  const [interpreter, argument] = script
  const rest = [...(argument === undefined ? [] : [argument]), path, ...argv.slice(1)]
  const loaded = load(kernel, process, interpreter, [interpreter, ...rest], depth + 1)
  return loaded
}

function executableFile(process: Process, place: Path): RegularInode {
  const inode = place.inode
  if (inode.type !== 'regular') throw new SystemCallError('EACCES')
  if ((inode.mode & 0o111) === 0 || !mayAccess(process, inode, ['X'])) throw new SystemCallError('EACCES')
  return inode
}

/** The words of a `#!` line: interpreter and at most one argument, execve(2) "Interpreter scripts". */
function interpreterOf(inode: RegularInode): [string, string | undefined] | undefined {
  const head = new TextDecoder().decode(inode.content.subarray(0, interpreterLine))
  const words = /^#![ \t]*([^ \t\n]+)(?:[ \t]+([^\n]*?))?[ \t]*(?:\n|$)/.exec(head)
  if (words?.[1] === undefined) return undefined
  return [words[1], words[2] === '' ? undefined : words[2]]
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
