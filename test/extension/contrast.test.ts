// Colours stay readable on every theme's background.
import { expect, test } from 'vitest'
import {
  colourOfHue,
  contrast,
  paletteColour,
  parseColour,
  readable,
  type Rgb,
} from '../../extension/common/contrast.ts'

test('black on white is 21 to 1', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBe(21)
})

test.each([
  ['#fff', [255, 255, 255]],
  ['#1e1e1e', [30, 30, 30]],
  ['#1e1e1eff', [30, 30, 30]],
  ['rgb(1, 2, 3)', [1, 2, 3]],
  ['1, 2, 3', [1, 2, 3]],
  ['', undefined],
  ['red', undefined],
])('%s', (text, colour) => {
  expect(parseColour(text)).toEqual(colour)
})

test('a colour that is readable stays as it is', () => {
  expect(readable([200, 0, 0], [255, 255, 255], 4.5)).toEqual([200, 0, 0])
})

const backgrounds: readonly Rgb[] = [
  [255, 255, 255],
  [31, 31, 31],
  [0, 0, 0],
  [128, 128, 128],
]

test.each(backgrounds)('every hue reaches 4.5 on %i, %i, %i', (...background) => {
  const hues = Array.from({ length: 360 }, (_, hue) => hue)
  expect(hues.filter((hue) => contrast(readable(colourOfHue(hue), background, 4.5), background) < 4.5)).toEqual([])
})

test('the 256-colour palette has its cube and its greys', () => {
  expect([16, 21, 196, 231, 232, 255].map(paletteColour)).toEqual([
    [0, 0, 0],
    [0, 0, 255],
    [255, 0, 0],
    [255, 255, 255],
    [8, 8, 8],
    [238, 238, 238],
  ])
})
