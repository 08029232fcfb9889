// The files of one shell: all in one directory, which goes with the session.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { $ } from 'zx'

export interface SessionFiles {
  /** What bash runs. Its name, in its own directory, is what bash puts before its messages: `bash: line 1: ...` */
  driver: string
  /** FIFO on which the driver tells what happens. */
  control: string
  /** The exported variables as of the last cell's end, as bash prints them. */
  environment: string
  /** The FIFOs for output. */
  channels: string
  /** Commands that stand first on PATH. */
  commands: string
  /** Where the shell starts when nothing else is said. */
  scratch: string
  /** Exists when a shell that cannot leave its cell is to exit. */
  leave: string
  /** Process groups of older jobs, where the system's process table cannot tell them. */
  jobs: string
}

export async function makeFiles(directory: string): Promise<SessionFiles> {
  const files: SessionFiles = {
    driver: join(directory, 'driver', 'bash'),
    control: join(directory, 'control'),
    environment: join(directory, 'environment'),
    channels: join(directory, 'channels'),
    commands: join(directory, 'bin'),
    scratch: join(directory, 'work'),
    leave: join(directory, 'leave'),
    jobs: join(directory, 'jobs'),
  }
  await mkdir(files.channels, { recursive: true })
  await mkdir(files.scratch)
  await mkdir(dirname(files.driver))
  await writeFile(files.environment, '')
  await $({ quiet: true })`mkfifo -m 600 ${files.control}`
  return files
}
