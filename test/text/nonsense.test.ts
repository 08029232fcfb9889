// Whatever a person types, a template or a command line is read, or refused with an error that is meant for them.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { bool, FlagError, flagUsages, int, parseFlags, string } from '../../src/text/flags.ts'
import {
  dockerFunctions,
  fromJson,
  GoTemplate,
  TemplateExecError,
  TemplateParseError,
} from '../../src/text/go-template.ts'

const pieces = fc.constantFrom(
  ...[
    '{{',
    '}}',
    '{{-',
    '-}}',
    '.',
    '.A',
    '.B.C',
    '$',
    '$x',
    ':=',
    '=',
    '|',
    '(',
    ')',
    ',',
    ' ',
    '\n',
    '"a"',
    '`b`',
    "'c'",
  ],
  ...[
    'if',
    'else',
    'end',
    'range',
    'with',
    'define',
    'template',
    'block',
    'break',
    'continue',
    'nil',
    'true',
    '/*',
    '*/',
  ],
  ...[
    '1',
    '-1',
    '0x1f',
    '1.5',
    'eq',
    'len',
    'index',
    'printf',
    'json',
    'join',
    'and',
    'slice',
    '"%d %s"',
    'é',
    '\\',
    'x',
  ],
)
const template = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''))
const data = fromJson({ A: 'text', B: { C: [1, 'two', null, { D: true }] } })

it('reads any template, or refuses it as Go would', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        template,
        template.map((text) => `{{${text}}}`),
        fc.string(),
      ),
      (text) => {
        try {
          expect(typeof new GoTemplate(text, dockerFunctions).execute(data)).toBe('string')
        } catch (error) {
          expect(error instanceof TemplateParseError || error instanceof TemplateExecError).toBe(true)
          expect((error as Error).message).toMatch(/^template: :\d+:/)
        }
      },
    ),
    { numRuns: 3000 },
  )
})

it('gives a text without actions back as it is', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !text.includes('{{')),
      (text) => {
        expect(new GoTemplate(text).execute(data)).toBe(text)
      },
    ),
  )
})

const rows = [
  { name: 'interactive', shorthand: 'i', type: bool, usage: 'Keep STDIN open' },
  { name: 'last', shorthand: 'n', type: int, usage: 'Show n last' },
  { name: 'name', type: string, usage: 'Assign a `name`' },
]

it('reads any command line, or refuses it as pflag would', () => {
  const word = fc.oneof(
    fc.constantFrom('-i', '-n', '--name', '--', '-', '-in5', '--last=x', '-n=1', '--=', 'web'),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(word), fc.boolean(), (args, interspersed) => {
      try {
        const parsed = parseFlags(rows, args, { interspersed })
        expect(parsed.operands.every((operand) => args.includes(operand))).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(FlagError)
      }
    }),
  )
})

it('keeps every word of the help, whatever the width', () => {
  const words = (text: string) => text.split(/\s+/).filter(Boolean)
  const whole = words(flagUsages(rows, 0))
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (columns) => {
      expect(words(flagUsages(rows, columns))).toEqual(whole)
    }),
  )
})
