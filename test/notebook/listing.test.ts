// Recorded listings: captures, conditions, and which one fits an engine.
import { describe, expect, test } from 'vitest'
import { readLessonText } from '../../src/notebook/lesson.ts'
import {
  chooseListing,
  conditionHolds,
  listingsFor,
  parseCaptures,
  parseConditions,
} from '../../src/notebook/listing.ts'

test('captures have a kind, a name and a place; <none> is not one', () => {
  expect(parseCaptures('<none> <pid:a>/<ns:net-1> <foo:b>')).toEqual([
    { kind: 'pid', name: 'a', start: 7, end: 14 },
    { kind: 'ns', name: 'net-1', start: 15, end: 25 },
  ])
})

describe('conditions', () => {
  test('several hold together', () => {
    expect(parseConditions('docker<26.1,kernel>=5.7')).toEqual([
      { subject: 'docker', operator: '<', version: '26.1' },
      { subject: 'kernel', operator: '>=', version: '5.7' },
    ])
  })
  test('what is none', () => {
    expect(['docker', 'docker<', '<26', 'docker<new', ''].map(parseConditions)).toEqual(Array(5).fill(undefined))
  })
  const cases: [condition: string, version: string, holds: boolean][] = [
    ['docker<26.1', '26.0.2', true],
    ['docker<26.1', '26.1.3', false],
    ['docker<26.1', '9.9', true],
    ['docker<=26.1', '26.1.3', true],
    ['docker>26.1', '26.1.3', false],
    ['docker>26.1', '26.10', true],
    ['docker>=28', '28.5.1', true],
    ['docker=28.5', '28.5.1', true],
    ['docker<5.7', '5.10.0-18-amd64', false],
    ['docker>=1.28', 'v1.28.3+k3s1', true],
  ]
  for (const [text, version, holds] of cases) {
    test(`${text} ${holds ? 'holds' : 'does not hold'} for ${version}`, () => {
      expect(parseConditions(text)?.map((condition) => conditionHolds(condition, { docker: version }))).toEqual([holds])
    })
  }
})

describe('the listing that fits', () => {
  function chosen(whens: string[], versions: Record<string, string>): string | undefined {
    const fences = whens.map((when) => `\`\`\`text { output=a ${when} }\n${when}\n\`\`\`\n`)
    const lesson = readLessonText(`\`\`\`sh { name=a }\n\`\`\`\n${fences.join('')}`)
    return chooseListing(listingsFor(lesson, 'a'), versions)?.expected.text
  }

  test('is the one whose condition holds', () => {
    expect(chosen(['future', 'when=docker<26.1'], { docker: '20.10' })).toBe('when=docker<26.1')
  })
  test('is the one without a condition if none holds', () => {
    expect(chosen(['when=docker<26.1', 'future'], { docker: '28' })).toBe('future')
  })
  test('is the newest if no version is known', () => {
    expect(chosen(['when=docker<26.1', 'future'], {})).toBe('future')
  })
  test('is the first if no version is known and all have conditions', () => {
    expect(chosen(['when=docker>=26.1', 'when=docker<26.1'], {})).toBe('when=docker>=26.1')
  })
  test('is none if versions are known and none fits', () => {
    expect(chosen(['when=docker>=26.1'], { docker: '20.10' })).toBe(undefined)
  })
})
