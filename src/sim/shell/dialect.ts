// The three shells that one interpreter plays: bash on the host, dash as the host's `sh`, busybox's ash in containers.
// Their messages differ, and a few rules; all of that is in these tables.

export type TestProblem =
  | 'missing bracket'
  | 'unary operator expected'
  | 'binary operator expected'
  | 'too many arguments'
  | 'closing parenthesis expected'
  | 'argument expected'
  | 'integer expected'

export interface Dialect {
  readonly name: 'bash' | 'dash' | 'ash'
  /** The rules: bash's own, or those of the Almquist shell and its kin. */
  readonly kind: 'bash' | 'ash'
  /** Whether `{a,b}` means something. */
  readonly braces: boolean
  /** Which last command of -c replaces the shell: a simple one, also one inside of compound commands, or none. */
  readonly replacedBy: 'simple commands' | 'all' | 'none'
  /** `NAME: ` or `NAME: line N: ` before a message. */
  prefix(name: string, line: number, scriptFile: boolean): string
  /** Stands between a builtin's name and what went wrong in it. */
  inBuiltin(line: number, scriptFile: boolean): string
  commandNotFound(command: string): string
  /** A path that was given with a slash and is not there. */
  noSuchProgram(command: string): string
  cannotOpen(path: string, error: string): string
  cannotCreate(path: string, error: string): string
  /** For the shells other than bash, whose evaluator has its own words. */
  arithmeticError(expression: string, dividesByZero: boolean): string
  /** The words for an error that ends the script, which come as bash has them. */
  fatalText(message: string): string
  /** Status of a command whose redirection failed. */
  readonly redirectionStatus: number
  cannotChangeDirectory(path: string, error: string): string
  cannotSource(path: string, error: string): string
  /** `bare`: printed behind `sh: ` alone, as busybox's applets do. */
  testProblem(problem: TestProblem, word: string): { text: string; bare: boolean }
  unexpectedToken(token: string): string
  unexpectedEnd(expected: string | undefined): string
  readonly unterminatedString: string
  /** `for` without a name. */
  readonly badLoopVariable: string
}

const bashTestTexts: Readonly<Record<TestProblem, (word: string) => string>> = {
  'missing bracket': () => "missing `]'",
  'unary operator expected': (word) => `${word}: unary operator expected`,
  'binary operator expected': (word) => `${word}: binary operator expected`,
  'too many arguments': () => 'too many arguments',
  'closing parenthesis expected': () => "`)' expected",
  'argument expected': () => 'argument expected',
  'integer expected': (word) => `${word}: integer expression expected`,
}

const busyboxTestTexts: Readonly<Record<TestProblem, (word: string) => string>> = {
  'missing bracket': () => 'missing ]',
  'unary operator expected': (word) => `${word}: unknown operand`,
  'binary operator expected': (word) => `${word}: unknown operand`,
  'too many arguments': (word) => `${word}: unknown operand`,
  'closing parenthesis expected': () => 'closing paren expected',
  'argument expected': () => 'argument expected',
  'integer expected': (word) => `${word}: bad number`,
}

const dashTestTexts: Readonly<Record<TestProblem, (word: string) => string>> = {
  'missing bracket': () => 'missing ]',
  'unary operator expected': (word) => `${word}: unexpected operator`,
  'binary operator expected': (word) => `${word}: unexpected operator`,
  'too many arguments': (word) => `${word}: unexpected operator`,
  'closing parenthesis expected': () => 'closing paren expected',
  'argument expected': () => 'argument expected',
  'integer expected': (word) => `Illegal number: ${word}`,
}

const missing = 'No such file or directory'

export const bash: Dialect = {
  name: 'bash',
  kind: 'bash',
  braces: true,
  replacedBy: 'simple commands',
  prefix: (name, line) => `${name}: line ${line}: `,
  inBuiltin: () => '',
  commandNotFound: (command) => `${command}: command not found`,
  noSuchProgram: (command) => `${command}: ${missing}`,
  cannotOpen: (path, error) => `${path}: ${error}`,
  cannotCreate: (path, error) => `${path}: ${error}`,
  arithmeticError: (expression) => expression,
  fatalText: (message) => message,
  redirectionStatus: 1,
  cannotChangeDirectory: (path, error) => `${path}: ${error}`,
  cannotSource: (path, error) => `${path}: ${error}`,
  testProblem: (problem, word) => ({ text: bashTestTexts[problem](word), bare: false }),
  unexpectedToken: (token) => `syntax error near unexpected token \`${token}'`,
  unexpectedEnd: () => 'syntax error: unexpected end of file',
  unterminatedString: '',
  badLoopVariable: '',
}

export const ash: Dialect = {
  name: 'ash',
  kind: 'ash',
  braces: false,
  replacedBy: 'all',
  prefix: (name, line, scriptFile) => (scriptFile ? `${name}: line ${line}: ` : `${name}: `),
  // Lines are counted from 0 where the text does not come from a file.
  inBuiltin: (line, scriptFile) => `line ${scriptFile ? line : line - 1}: `,
  commandNotFound: (command) => `${command}: not found`,
  noSuchProgram: (command) => `${command}: not found`,
  cannotOpen: (path, error) => `can't open ${path}: ${error === missing ? 'no such file' : error}`,
  cannotCreate: (path, error) => `can't create ${path}: ${error === missing ? 'nonexistent directory' : error}`,
  fatalText: (message) => message.replace(/: readonly variable$/, ': is read only'),
  arithmeticError: (_expression, dividesByZero) => (dividesByZero ? 'divide by zero' : 'arithmetic syntax error'),
  redirectionStatus: 1,
  cannotChangeDirectory: (path, error) => `can't cd to ${path}: ${error}`,
  cannotSource: (path, error) => (path.includes('/') ? `can't open '${path}': ${error}` : `${path}: not found`),
  testProblem: (problem, word) => ({ text: busyboxTestTexts[problem](word), bare: true }),
  unexpectedToken: (token) => `syntax error: unexpected ${token === 'newline' ? token : `"${token}"`}`,
  unexpectedEnd: (expected) =>
    `syntax error: unexpected end of file${expected === undefined ? '' : ` (expecting "${expected}")`}`,
  unterminatedString: 'syntax error: unterminated quoted string',
  badLoopVariable: 'syntax error: bad for loop variable',
}

export const dash: Dialect = {
  ...ash,
  name: 'dash',
  replacedBy: 'none',
  prefix: (name, line) => `${name}: ${line}: `,
  inBuiltin: () => '',
  cannotOpen: (path, error) => `cannot open ${path}: ${error === missing ? 'No such file' : error}`,
  cannotCreate: (path, error) => `cannot create ${path}: ${error === missing ? 'Directory nonexistent' : error}`,
  arithmeticError: (expression, dividesByZero) =>
    dividesByZero
      ? `arithmetic expression: division by zero: "${expression}"`
      : `arithmetic expression: expecting primary: "${expression}"`,
  redirectionStatus: 2,
  cannotChangeDirectory: (path) => `can't cd to ${path}`,
  cannotSource: (path, error) =>
    path.includes('/') ? `cannot open ${path}: ${error === missing ? 'No such file' : error}` : `${path}: not found`,
  testProblem: (problem, word) => ({ text: dashTestTexts[problem](word), bare: false }),
  unexpectedToken: (token) => `Syntax error: ${token === 'newline' ? token : `"${token}"`} unexpected`,
  unexpectedEnd: (expected) =>
    `Syntax error: end of file unexpected${expected === undefined ? '' : ` (expecting "${expected}")`}`,
  unterminatedString: 'Syntax error: Unterminated quoted string',
  badLoopVariable: 'Syntax error: Bad for loop variable',
}
