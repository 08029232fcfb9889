// nginx.conf, https://nginx.org/en/docs/dirs.html: words and blocks, and which directive may stand where.

export interface Directive {
  readonly name: string
  readonly values: readonly string[]
  readonly file: string
  readonly line: number
  readonly block: readonly Directive[]
}

/** What nginx says of a wrong configuration, with place, after `nginx: [emerg] `. */
export class ConfigError extends Error {
  /** The directive is nginx's, it is the simulation that lacks it. */
  readonly lacking: string | undefined

  constructor(message: string, lacking?: string) {
    super(message)
    this.lacking = lacking
  }
}

type Context = 'main' | 'events' | 'http' | 'server' | 'location' | 'types'

interface Row {
  readonly contexts: readonly Context[]
  /** Opens a block of this context. */
  readonly opens?: Context
  /** How many values it takes, at least and at most. */
  readonly values: readonly [number, number]
}

const anyHttp: readonly Context[] = ['http', 'server', 'location']
const many = Number.POSITIVE_INFINITY

/** Directives that are read; those without an effect here are taken all the same. */
const rows: Readonly<Record<string, Row>> = {
  daemon: { contexts: ['main'], values: [1, 1] },
  master_process: { contexts: ['main'], values: [1, 1] },
  worker_processes: { contexts: ['main'], values: [1, 1] },
  worker_rlimit_nofile: { contexts: ['main'], values: [1, 1] },
  user: { contexts: ['main'], values: [1, 2] },
  pid: { contexts: ['main'], values: [1, 1] },
  error_log: { contexts: ['main', ...anyHttp], values: [1, 2] },
  include: { contexts: ['main', 'events', ...anyHttp], values: [1, 1] },
  events: { contexts: ['main'], opens: 'events', values: [0, 0] },
  worker_connections: { contexts: ['events'], values: [1, 1] },
  multi_accept: { contexts: ['events'], values: [1, 1] },
  use: { contexts: ['events'], values: [1, 1] },
  http: { contexts: ['main'], opens: 'http', values: [0, 0] },
  server: { contexts: ['http'], opens: 'server', values: [0, 0] },
  location: { contexts: ['server', 'location'], opens: 'location', values: [1, 2] },
  listen: { contexts: ['server'], values: [1, many] },
  server_name: { contexts: ['server'], values: [1, many] },
  root: { contexts: anyHttp, values: [1, 1] },
  alias: { contexts: ['location'], values: [1, 1] },
  index: { contexts: anyHttp, values: [1, many] },
  return: { contexts: ['server', 'location'], values: [1, 2] },
  error_page: { contexts: anyHttp, values: [2, many] },
  types: { contexts: anyHttp, opens: 'types', values: [0, 0] },
  default_type: { contexts: anyHttp, values: [1, 1] },
  add_header: { contexts: anyHttp, values: [2, 3] },
  access_log: { contexts: anyHttp, values: [1, many] },
  log_format: { contexts: ['http'], values: [2, many] },
  sendfile: { contexts: anyHttp, values: [1, 1] },
  tcp_nopush: { contexts: anyHttp, values: [1, 1] },
  tcp_nodelay: { contexts: anyHttp, values: [1, 1] },
  keepalive_timeout: { contexts: anyHttp, values: [1, 2] },
  gzip: { contexts: anyHttp, values: [1, 1] },
  charset: { contexts: anyHttp, values: [1, 1] },
  server_tokens: { contexts: anyHttp, values: [1, 1] },
  client_max_body_size: { contexts: anyHttp, values: [1, 1] },
}

/** Directives that people write and that are not simulated. */
const lacking: ReadonlySet<string> = new Set([
  'auth_basic',
  'autoindex',
  'deny',
  'allow',
  'fastcgi_pass',
  'if',
  'limit_req',
  'load_module',
  'map',
  'proxy_pass',
  'proxy_set_header',
  'resolver',
  'rewrite',
  'set',
  'ssl_certificate',
  'ssl_certificate_key',
  'stream',
  'stub_status',
  'try_files',
  'upstream',
])

interface Token {
  readonly text: string
  readonly line: number
  /** `;`, `{` or `}` without quotes around it. */
  readonly mark: boolean
}

/** Words, quoted words, marks; a comment runs to the end of its line. */
function tokens(text: string): Token[] {
  const found: Token[] = []
  let line = 1
  const pattern =
    /\n|#[^\n]*|[;{}]|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(?:\\.|\$\{|[^\s;{}"'])(?:\\.|\$\{[^}]*\}|[^\s;{}])*/g
  for (const match of text.matchAll(pattern)) {
    const [whole] = match
    if (whole === '\n') line += 1
    else if (!whole.startsWith('#')) {
      const quoted = match[1] ?? match[2]
      found.push({ text: quoted?.replace(/\\(["'\\])/g, '$1') ?? whole, line, mark: /^[;{}]$/.test(whole) })
      line += whole.split('\n').length - 1
    }
  }
  return found
}

/**
 * The directives of a text.
 * @param context what the text stands in: `main` for nginx.conf and `-g`
 * @throws ConfigError in nginx's words
 */
export function parseConfig(text: string, file: string, context: string = 'main'): Directive[] {
  const all = tokens(text)
  const last = text.split('\n').length
  let at = 0
  const block = (inside: Context, nested: boolean): Directive[] => {
    const directives: Directive[] = []
    let words: Token[] = []
    for (;;) {
      const token = all[at++]
      if (token === undefined) {
        if (words.length > 0) throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${last}`)
        if (nested) throw new ConfigError(`unexpected end of file, expecting "}" in ${file}:${last}`)
        return directives
      }
      if (!token.mark) {
        words.push(token)
        continue
      }
      const place = `in ${file}:${token.line}`
      if (token.text === '}') {
        if (words.length > 0 || !nested) throw new ConfigError(`unexpected "}" ${place}`)
        return directives
      }
      const [name, ...values] = words
      if (name === undefined) throw new ConfigError(`unexpected "${token.text}" ${place}`)
      const row = rowOf(name.text, inside, token, place)
      check(name.text, row, values.length, place)
      const content = row.opens === undefined ? [] : block(row.opens, true)
      directives.push({
        name: name.text,
        values: values.map((each) => each.text),
        file,
        line: token.line,
        block: content,
      })
      words = []
    }
  }
  return block(context as Context, false)
}

/** A line of `types`: a type and the endings of its files. */
const typesRow: Row = { contexts: ['types'], values: [1, many] }

function rowOf(name: string, inside: Context, mark: Token, place: string): Row {
  if (inside === 'types') return typesRow
  const row = rows[name]
  if (row === undefined) {
    const known = lacking.has(name)
    throw new ConfigError(`unknown directive "${name}" ${place}`, known ? name : undefined)
  }
  if (!row.contexts.includes(inside)) throw new ConfigError(`"${name}" directive is not allowed here ${place}`)
  if (row.opens === undefined && mark.text === '{') {
    throw new ConfigError(`directive "${name}" is not terminated by ";" ${place}`)
  }
  if (row.opens !== undefined && mark.text === ';')
    throw new ConfigError(`directive "${name}" has no opening "{" ${place}`)
  return row
}

function check(name: string, { values: [least, most] }: Row, count: number, place: string): void {
  if (count < least || count > most) {
    throw new ConfigError(`invalid number of arguments in "${name}" directive ${place}`)
  }
}

/** The last values of a directive in a block. */
export function valuesOf(block: readonly Directive[], name: string): readonly string[] | undefined {
  return block.findLast((each) => each.name === name)?.values
}
