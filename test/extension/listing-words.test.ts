// The words of annotated listings on their way to a page, which may hold anything.
import { expect, test } from 'vitest'
import { englishListingWords, fillIn, readListingWords, readStepNotes } from '../../extension/common/listing-words.ts'

test('words come as JSON; what is missing is English', () => {
  expect(readListingWords('{"copy":"Копировать"}')).toEqual({ ...englishListingWords, copy: 'Копировать' })
})

test('what is no word is left out', () => {
  expect(readListingWords('{"copy":1,"other":"x","__proto__":{"next":"x"}}')).toEqual(englishListingWords)
})

test.each([undefined, '', 'null', '[', '1', { copy: 'x' }])('%j holds no words', (text) => {
  expect(readListingWords(text)).toBe(undefined)
})

test('values are put in by number', () => {
  expect(fillIn('Note {0} of {1}, {0}', 2, '<9>')).toBe('Note 2 of <9>, 2')
})

test('a request to step through notes names a segment', () => {
  expect(readStepNotes({ type: 'step-notes', from: 3 })).toBe(3)
})

test.each([
  undefined,
  null,
  'step-notes',
  { type: 'step-notes' },
  { type: 'other', from: 3 },
  { type: 'step-notes', from: '3' },
])('%j is no such request', (message) => {
  expect(readStepNotes(message)).toBe(undefined)
})
