// Words for bash: the one way of quoting that needs no exceptions.

/** The text as one word of bash, whatever bytes it holds (NUL excepted, which bash cannot hold). */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
