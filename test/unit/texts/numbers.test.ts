/** Numbers as the window writes them in its languages. */
import { afterEach, expect, test } from 'vitest'
import { bytesText } from '../../../common/bytes.ts'
import { zoomPercent } from '../../../renderer/panels/words.ts'
import { loadTexts } from '../../../renderer/texts/languages.ts'
import { numberText, numberTyped, sizeText } from '../../../renderer/texts/numbers.ts'
import { speak } from '../../../renderer/texts/t.ts'

afterEach(async () => speak(await loadTexts('en')))

// Between number and unit stands a space that does not break the line.
const plain = (text: string) => text.replaceAll(/\s/g, ' ')

test.each([
  ['en', '44.7 MB', '850 bytes', '0.4%', '350%'],
  ['de', '44,7 MB', '850 Byte', '0,4 %', '350 %'],
  ['fr', '44,7 Mo', '850 octets', '0,4 %', '350 %'],
  ['zh', '44.7 MB', '850字节', '0.4%', '350%'],
  ['ja', '44.7 MB', '850 バイト', '0.4%', '350%'],
] as const)('sizes and zoom in %s', async (language, large, small, far, near) => {
  speak(await loadTexts(language))
  const written = [sizeText(44_653_652), sizeText(850), zoomPercent(0.002, 2), zoomPercent(1.75, 2)]
  expect(written.map(plain)).toEqual([large, small, far, near])
})

test.each([0, 1, 999, 1000, 99_949, 999_500, 4e9, 2e12])(
  '%d bytes in English are as in the terminal',
  (size) => {
    expect(sizeText(size)).toBe(bytesText(size))
  },
)

test('what a field holds is written and read with the decimal sign of the language, and with the other', async () => {
  for (const [language, half] of [
    ['en', '1234.5'],
    ['de', '1234,5'],
    ['fr', '1234,5'],
    ['ja', '1234.5'],
  ] as const) {
    speak(await loadTexts(language))
    expect(numberText(1234.5)).toBe(half)
    for (const typed of ['1234,5', ' 1234.5 ', numberText(1234.5)]) expect(numberTyped(typed)).toBe(1234.5)
  }
  for (const none of ['', ' ', 'x', '1.2.3', '1,2,3', '1.234,5']) expect(numberTyped(none)).toBeNaN()
})
