// What the shell is given for a cell: its script, or, for a cell with `file=`, a script that writes its text there.

/** A word that bash reads as this very text. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** A script that writes a text, with a final newline, to a file, and makes the directories that lead there. */
export function writeFileScript(path: string, text: string): string {
  const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
  let delimiter = 'END'
  const lines = new Set(text.split('\n'))
  while (lines.has(delimiter)) delimiter += '_'
  const target = path.startsWith('-') ? `./${path}` : path
  const make = directory === '' ? '' : `mkdir -p -- ${quote(directory)} && `
  return `${make}cat > ${quote(target)} << '${delimiter}'\n${text}${text === '' ? '' : '\n'}${delimiter}\n`
}

/** The script as a job in the background; its lines keep their numbers. */
export function backgroundScript(script: string): string {
  return `{ ${script}\n} &\n`
}

/** A check in a subshell: its `exit` says whether the goal is reached, and ends no shell. Its lines keep their numbers. */
export function checkScript(script: string): string {
  return `( ${script}\n)\n`
}
