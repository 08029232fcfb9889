// The file system of the scheme `pause-lab:`: the lessons that come with the extension. What a learner changes goes to a
// copy in the extension's storage and is served from there; deleting a file drops that copy, and the original is back.

import * as vscode from 'vscode'

export const courseScheme = 'pause-lab'

export class CourseFileSystem implements vscode.FileSystemProvider {
  readonly #originals: vscode.Uri
  readonly #copies: vscode.Uri
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>()
  readonly onDidChangeFile = this.#changes.event

  /**
   * @param originals the folder `notebooks` of the extension
   * @param copies a folder of the extension's own, made when first needed
   */
  constructor(originals: vscode.Uri, copies: vscode.Uri) {
    this.#originals = originals
    this.#copies = copies
  }

  /** Nobody else writes here, so there is nothing to watch. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined)
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return this.#firstFound(uri, (place) => vscode.workspace.fs.stat(place))
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return this.#firstFound(uri, (place) => vscode.workspace.fs.readDirectory(place), [this.#originals])
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#firstFound(uri, (place) => vscode.workspace.fs.readFile(place))
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array, options: { create: boolean }): Promise<void> {
    const isKnown = await this.#exists(uri)
    if (!isKnown && !options.create) throw vscode.FileSystemError.FileNotFound(uri)
    const copy = within(this.#copies, uri)
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(copy, '..'))
    await vscode.workspace.fs.writeFile(copy, content)
    this.#changes.fire([{ type: isKnown ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created, uri }])
  }

  /** Drops the learner's copy of a lesson. */
  async delete(uri: vscode.Uri): Promise<void> {
    try {
      await vscode.workspace.fs.delete(within(this.#copies, uri))
    } catch {
      throw vscode.FileSystemError.NoPermissions(uri)
    }
    this.#changes.fire([{ type: vscode.FileChangeType.Changed, uri }])
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri)
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri)
  }

  /** Whether the learner has a changed copy of this lesson. */
  async isChanged(uri: vscode.Uri): Promise<boolean> {
    try {
      await vscode.workspace.fs.stat(within(this.#copies, uri))
      return true
    } catch {
      return false
    }
  }

  async #exists(uri: vscode.Uri): Promise<boolean> {
    try {
      await this.stat(uri)
      return true
    } catch {
      return false
    }
  }

  async #firstFound<T>(
    uri: vscode.Uri,
    read: (place: vscode.Uri) => Thenable<T>,
    roots: readonly vscode.Uri[] = [this.#copies, this.#originals],
  ): Promise<T> {
    for (const root of roots) {
      try {
        return await read(within(root, uri))
      } catch {
        // Not in this one: the next may have it.
      }
    }
    throw vscode.FileSystemError.FileNotFound(uri)
  }
}

/** The same path under another folder. A `..` cannot lead out of it: the URI's path is resolved first. */
function within(root: vscode.Uri, uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(root, vscode.Uri.joinPath(uri.with({ path: '/' }), uri.path).path)
}
