/** Names and texts of strangers: cleaned where they come in, printed without steering the terminal. */
import { expect, test } from 'vitest'
import { maxOf, minOf } from '../../../common/extremes.ts'
import {
  cleanLabelName,
  cleanLabelNames,
  LONGEST_LABEL_NAME,
  namesOfLines,
} from '../../../common/label-name.ts'
import { labelSchema } from '../../../common/model.ts'
import { printable, printableLines, shortened } from '../../../common/printable.ts'
import { newLabel } from '../../../common/new-label.ts'
import { createRandom } from '../../support/random.ts'

test('a name is one line without blanks around it, composed, and not too long', () => {
  const cases = [
    ['dog', 'dog'],
    ['  dog \t', 'dog'],
    ['hot\u0000dog\n', 'hot dog'],
    ['a\u202egpj', 'a gpj'],
    ['e\u0301te\u0301', 'été'],
    ['\ufeffcat', 'cat'],
    ['family 👨‍👩‍👧', 'family 👨‍👩‍👧'],
    ['\ud800x', 'x'],
    ['\u0000\u0007', ''],
  ] as const
  for (const [given, clean] of cases) expect(cleanLabelName(given), JSON.stringify(given)).toBe(clean)
  expect(cleanLabelName('x'.repeat(5000))).toHaveLength(LONGEST_LABEL_NAME)
  expect(cleanLabelName(`${'x'.repeat(199)}😀`)).toBe('x'.repeat(199))
})

test('each class keeps its number: one without a name is called by it, a twin gets it added, all is told', () => {
  const { names, notes } = cleanLabelNames(['dog', '', '  dog  ', undefined, 'cat'])
  expect(names).toEqual(['dog', 'class 1', 'dog (class 2)', 'class 3', 'cat'])
  expect(notes).toEqual([
    'Names of classes were cleaned: number 1 had no name and is called "class 1", "  dog  " is read as "dog (class 2)", ' +
      'number 3 had no name and is called "class 3".',
  ])
  expect(cleanLabelNames(['a', 'b']).notes).toEqual([])
})

test('whatever the names are, the project can hold them and tell them apart', () => {
  const random = createRandom(3)
  const pieces = ['', ' ', 'a', '\0', '\u202e', 'x'.repeat(300), '😀', '\ud83d', 'é', 'class 2', '\n']
  const given = Array.from({ length: 500 }, () =>
    Array.from({ length: Math.floor(random() * 4) }, () => pieces[Math.floor(random() * pieces.length)]).join(
      '',
    ),
  )
  const { names } = cleanLabelNames(given)
  expect(new Set(names).size).toBe(500)
  for (const [position, name] of names.entries())
    expect(labelSchema.parse(newLabel({ id: 'x', name, color: '#000000', position })).name).toBe(name)
})

test('blank lines keep their number, but for those at the end', () => {
  expect(namesOfLines('a\r\n\r\nb\n\n  \n')).toEqual(['a', '', 'b'])
  expect(namesOfLines('')).toEqual([])
})

test('what would steer a terminal is shown instead, and JSON stays JSON', () => {
  const hostile = 'a\u001b[2J\u009b31m\u202egpj.exe\r\b'
  expect(printable(hostile)).toBe('a\\u001b[2J\\u009b31m\\u202egpj.exe\\u000d\\u0008')
  expect(printable('a\nb')).toBe('a\\u000ab')
  expect(printableLines('a\nb\u001b')).toBe('a\nb\\u001b')
  expect(printable('Straße 猫 👨‍👩‍👧')).toBe('Straße 猫 👨‍👩‍👧')
  expect(JSON.parse(printable(JSON.stringify({ name: hostile })))).toEqual({ name: hostile })
})

test('extremes of a million values', () => {
  const values = Float64Array.from({ length: 1e6 }, (_, index) => (index * 7919) % 1e6)
  expect([minOf(values), maxOf(values)]).toEqual([0, 999_999])
  expect([minOf([]), maxOf([])]).toEqual([Infinity, -Infinity])
})

test('a long name is cut in its middle for a message', () => {
  const long = `begin${'x'.repeat(5000)}end.png`
  expect(shortened(long)).toHaveLength(200)
  expect(shortened(long)).toMatch(/^beginx+…x+end\.png$/)
  expect(shortened('a'.repeat(200))).toBe('a'.repeat(200))
})
