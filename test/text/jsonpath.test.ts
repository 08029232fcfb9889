// JSONPath as kubectl prints it: the cases of its documentation, and recorded ones.
import { expect, test } from 'vitest'
import { JsonPathError, findJsonPath, printJsonPath, relaxedJsonPath } from '../../src/text/jsonpath.ts'

const list = {
  kind: 'List',
  items: [
    {
      kind: 'None',
      metadata: { name: '127.0.0.1', labels: { 'kubernetes.io/hostname': '127.0.0.1' } },
      status: { capacity: { cpu: '4' } },
    },
    { kind: 'None', metadata: { name: '127.0.0.2' }, status: { capacity: { cpu: '8' }, phase: 'x' } },
  ],
  users: [
    { name: 'myself', user: {} },
    { name: 'e2e', user: { username: 'admin', password: 'secret' } },
  ],
}

test.each([
  ['kind is {.kind}', 'kind is List'],
  ["{['kind']}", 'List'],
  ['{..name}', '127.0.0.1 127.0.0.2 myself e2e'],
  ['{.items[*].metadata.name}', '127.0.0.1 127.0.0.2'],
  ['{.users[0].name}', 'myself'],
  ['{.users[-1].name}', 'e2e'],
  ['{.users[0:2].name}', 'myself e2e'],
  ["{.items[*]['metadata.name', 'status.capacity']}", ''],
  ['{.users[?(@.name=="e2e")].user.password}', 'secret'],
  [
    '{range .items[*]}[{.metadata.name}, {.status.capacity}] {end}',
    '[127.0.0.1, {"cpu":"4"}] [127.0.0.2, {"cpu":"8"}] ',
  ],
  ['{range .items[*]}{.metadata.name}{"\\n"}{end}', '127.0.0.1\n127.0.0.2\n'],
  ['{.items[0].metadata.labels.kubernetes\\.io/hostname}', '127.0.0.1'],
  ["{.items[*].status['phase']}", 'x'],
  ['{.nosuch}', ''],
])('%s', (template, text) => {
  expect(printJsonPath(template, list, { allowMissingKeys: true })).toBe(text)
})

test.each([
  ['{.spec.containers', 'unclosed action'],
  ['{.users[x]}', 'invalid array index x'],
  ['{end}', 'not in range, nothing to end'],
  ['{nosuch}', 'unrecognized identifier nosuch'],
])('%s: %s', (template, message) => {
  expect(() => printJsonPath(template, list)).toThrow(new JsonPathError(message))
})

test('a missing key is an error where it may not be missing', () => {
  expect(() => findJsonPath('.nosuch', list)).toThrow(new JsonPathError('nosuch is not found'))
})

test.each(['metadata.name', '.metadata.name', '{metadata.name}', '{.metadata.name}'])('%s may be typed', (path) => {
  expect(relaxedJsonPath(path)).toBe('{.metadata.name}')
})
