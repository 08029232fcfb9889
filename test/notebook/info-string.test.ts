// Info strings of fenced blocks: language and attributes.
import { expect, test } from 'vitest'
import { parseInfoString, withAttribute } from '../../src/notebook/info-string.ts'

function check(info: string, expected: { language?: string; attributes?: object; problems?: string[] }): void {
  const { language, attributes, problems } = parseInfoString(info, { line: 1, column: 4 })
  expect({
    language,
    attributes: Object.fromEntries([...attributes.values()].map(({ name, value }) => [name, value])),
    problems: problems.map(({ code, column, found, expected }) =>
      [code, column, found, expected].filter(Boolean).join(' '),
    ),
  }).toEqual({ language: '', attributes: {}, problems: [], ...expected })
}

test('a language and attributes', () => {
  check('sh { name=run exit=1 check }', { language: 'sh', attributes: { name: 'run', exit: '1', check: true } })
})
test('no blanks around the braces', () => {
  check('sh{name=run}', { language: 'sh', attributes: { name: 'run' } })
})
test('tabs between', () => {
  check('\tsh\t{\tname=run\tcheck\t}', { language: 'sh', attributes: { name: 'run', check: true } })
})
test('a value may hold = < >', () => {
  check('text { when=kubernetes>=1.28 }', { language: 'text', attributes: { when: 'kubernetes>=1.28' } })
})
test('no attributes', () => {
  check('sh title="Hello"', { language: 'sh' })
})
test('no language', () => {
  check('{ name=run }', { attributes: { name: 'run' } })
})
test('nothing', () => {
  check('', {})
})
test('braces of other tools are no attributes', () => {
  check('js {1,3-4}', { language: 'js', problems: ['attribute-malformed 8 1,3-4'] })
})
test('the closing brace is missing', () => {
  check('sh { name=run', { language: 'sh', attributes: { name: 'run' }, problems: ['attributes-not-closed 7'] })
})
test('a value is missing', () => {
  check('sh { name= }', { language: 'sh', attributes: { name: '' }, problems: ['attribute-without-value 9 name'] })
})
test('a name is missing', () => {
  check('sh { =run check }', { language: 'sh', attributes: { check: true }, problems: ['attribute-malformed 9 =run'] })
})
test('quotes', () => {
  check('sh { name="run it" }', {
    language: 'sh',
    attributes: { name: 'run it' },
    problems: ['attribute-quoted 9 name="run it" name=run it'],
  })
})
test('the same attribute twice: the last one holds, as in Runme', () => {
  check('sh { exit=1 exit=2 }', { language: 'sh', attributes: { exit: '2' }, problems: ['attribute-twice 16 exit'] })
})
test('text after the braces', () => {
  check('sh { check } rest', {
    language: 'sh',
    attributes: { check: true },
    problems: ['text-after-attributes 17 rest'],
  })
})

test('setting an attribute leaves the others as they are written', () => {
  expect(withAttribute(' text {  output=a   proved=old future=1 }  ', 'proved', 'new')).toBe(
    ' text {  output=a   proved=new future=1 }  ',
  )
})
test('setting a new attribute puts it last', () => {
  expect(withAttribute('text { output=a }', 'proved', 'sim')).toBe('text { output=a proved=sim }')
})
test('setting the first attribute adds braces', () => {
  expect(withAttribute('python', 'name', 'a')).toBe('python { name=a }')
})
test('an attribute can be taken out', () => {
  expect(withAttribute('sh { name=a check }', 'name', undefined)).toBe('sh { check }')
})
