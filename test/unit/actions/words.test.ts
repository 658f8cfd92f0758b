import { expect, test } from 'vitest'
import { halvesOf } from '../../../renderer/panels/words.ts'

test('of a name that is cut its number and extension stay, and no character is halved', () => {
  expect(halvesOf('IMG_20250101_0042.jpg')).toEqual(['IMG_20250101_', '0042.jpg'])
  expect(halvesOf('a.png')).toEqual(['', 'a.png'])
  expect(halvesOf('😀😀😀😀😀.jpg', 5)).toEqual(['😀😀😀😀', '😀.jpg'])
})
