// What an open regular file or directory can do: reads and writes at a position, generated text, lists of names.
import { truncateContent, writeContent } from './file-contents.ts'
import type { Kernel } from './kernel.ts'
import { immediately, refuse } from './open-file.ts'
import type { Process } from './process.ts'
import type { DirectoryInode, FileOperations, Inode, OpenFile, RegularInode } from './vfs.ts'

const encoder = new TextEncoder()

/** The operations of an inode that is opened without waiting for anybody: regular files, directories, O_PATH. */
export function operationsOf(kernel: Kernel, inode: Inode): FileOperations {
  if (inode.type === 'directory') return directoryOperations(inode)
  if (inode.type !== 'regular') return { description: () => '' }
  if (inode.namespace) return namespaceOperations(inode)
  return inode.generate || inode.accept ? generatedOperations(inode) : contentOperations(kernel, inode)
}

function contentOperations(kernel: Kernel, inode: RegularInode): FileOperations {
  const changed = () => {
    inode.mtime = kernel.clock.now()
    inode.ctime = inode.mtime
  }
  return {
    read: (_reader, count, file) =>
      immediately(() => {
        const bytes = inode.content.slice(file.position, file.position + count)
        file.position += bytes.length
        return bytes
      }),
    write: (_writer, data, file) =>
      immediately(() => {
        if (file.flags.includes('APPEND')) file.position = inode.content.length
        if (data.length > 0) writeContent(inode, file.position, data)
        file.position += data.length
        changed()
        return data.length
      }),
    seekable: true,
    size: () => inode.content.length,
    truncate: (length) => {
      truncateContent(inode, length)
      changed()
    },
    description: () => '',
  }
}

/** A file of /proc: its text is made at the first read, and anew when reading starts over. */
function generatedOperations(inode: RegularInode): FileOperations {
  let text: Uint8Array | undefined
  const make = (reader: Process) => {
    const generated = inode.generate ? inode.generate(reader) : refuse('EINVAL')
    return typeof generated === 'string' ? encoder.encode(generated) : generated
  }
  return {
    read: (reader: Process, count: number, file: OpenFile) =>
      immediately(() => {
        text = file.position === 0 || !text ? make(reader) : text
        // The text is made anew, never changed: a part of it may be given away.
        const bytes = text.subarray(file.position, file.position + count)
        file.position += bytes.length
        return bytes
      }),
    write: (writer, data) =>
      immediately(() => {
        if (!inode.accept) return refuse('EINVAL')
        inode.accept(writer, data)
        return data.length
      }),
    seekable: true,
    size: () => 0,
    description: () => '',
  }
}

function namespaceOperations(inode: RegularInode): FileOperations {
  inode.pin?.hold()
  const name = inode.namespace ? `${inode.namespace.kind}:[${inode.namespace.inode}]` : ''
  return { release: () => inode.pin?.release(), description: () => name }
}

function directoryOperations(inode: DirectoryInode): FileOperations {
  return {
    read: () => refuse('EISDIR'),
    list: (reader) => [
      { name: '.', ino: inode.ino, type: 'directory' },
      { name: '..', ino: inode.parent.ino, type: 'directory' },
      ...inode.list(reader),
    ],
    seekable: true,
    size: () => 0,
    description: () => '',
  }
}
