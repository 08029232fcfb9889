// The bytes of regular files: shared between copies of an image's file until one of them is written to.
import type { RegularInode } from './vfs.ts'

/** Which inode a buffer was made for. Only that one may write into it in place. */
const owners = new WeakMap<ArrayBufferLike, RegularInode>()

/** Writes bytes at an offset; a gap before it is filled with zeros, as in a sparse file. */
export function writeContent(inode: RegularInode, offset: number, data: Uint8Array): void {
  const end = Math.max(inode.content.length, offset + data.length)
  makeRoom(inode, end)
  inode.content.set(data, offset)
}

/** ftruncate(2): cuts, or lengthens by zeros. */
export function truncateContent(inode: RegularInode, length: number): void {
  if (length > inode.content.length) makeRoom(inode, length)
  else inode.content = inode.content.slice(0, length)
  owners.set(inode.content.buffer, inode)
}

/** Gives the inode a buffer of its own that is `length` long, with room to grow. */
function makeRoom(inode: RegularInode, length: number): void {
  const { content } = inode
  const owned = owners.get(content.buffer) === inode && content.byteOffset === 0
  if (owned && length <= content.buffer.byteLength) {
    if (length > content.length) inode.content = new Uint8Array(content.buffer, 0, length)
    return
  }
  const capacity = length > content.length ? Math.max(length, content.length * 2, 256) : length
  const buffer = new ArrayBuffer(capacity)
  const grown = new Uint8Array(buffer, 0, length)
  grown.set(content)
  inode.content = grown
  owners.set(buffer, inode)
}
