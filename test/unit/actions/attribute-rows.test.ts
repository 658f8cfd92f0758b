/** The attributes of selected objects as rows, and those of a class while they are edited. */
import { expect, it } from 'vitest'
import { attributesOf, draftsOf, moved, newDraft } from '../../../renderer/panels/classes/attribute-drafts.ts'
import { attributeRows, optionOfKey, optionsOf } from '../../../renderer/panels/objects/attribute-rows.ts'
import { attributeWords } from '../../../renderer/panels/images/completions.ts'
import { annotationOf } from '../store/records.ts'

const colour = { name: 'colour', type: 'choice' as const, choices: ['red', 'blue'] }
const parked = { name: 'parked', type: 'yes-no' as const, choices: [] }
const classes: Record<string, { attributes: (typeof colour | typeof parked)[] }> = {
  car: { attributes: [colour, parked] },
  bus: { attributes: [colour] },
}
const object = (id: string, labelId: string, attributes: Record<string, string | boolean | number>) => ({
  ...annotationOf(id),
  labelId,
  attributes,
})

it('a row an attribute: about the objects whose class defines it, or that have it', () => {
  const rows = attributeRows(
    [
      object('a', 'car', { colour: 'red', parked: true }),
      object('b', 'bus', { colour: 'red', plate: 'X 1' }),
      object('c', 'dog', {}),
    ],
    (id) => classes[id] ?? null,
  )
  expect(rows.map(({ name, ids, common, isForeign }) => [name, ids.join(' '), common, isForeign])).toEqual([
    ['colour', 'a b', { value: 'red' }, false],
    ['parked', 'a', { value: true }, false],
    ['plate', 'b', { value: 'X 1' }, true],
  ])
})

it('digits pick by place, y and n a truth; a value beyond the choices is shown with them', () => {
  const [row] = attributeRows([object('a', 'car', { colour: 'pink' })], () => classes.bus!)
  const options = optionsOf(row!)!
  expect(options.map(({ text }) => text)).toEqual(['red', 'blue', 'pink'])
  expect(optionOfKey(options, '2')?.value).toBe('blue')
  expect(optionOfKey(options, '9')).toBeNull()
  const [, second] = attributeRows([object('a', 'car', {})], () => classes.car!)
  expect(optionOfKey(optionsOf(second!)!, 'n')?.value).toBe(false)
  expect(optionOfKey(optionsOf(second!)!, '1')?.value).toBe(true)
})

it('a class takes what was typed, and says what is wrong', () => {
  const [one, two] = draftsOf([colour, parked])
  expect(attributesOf([one!, two!, newDraft()])).toEqual([colour, parked])
  expect(attributesOf(moved([one!, two!], two!.id, -1))).toEqual([parked, colour])
  expect(attributesOf([{ ...one!, choices: ' red ,, red,  two words ' }])).toEqual([
    { ...colour, choices: ['red', 'two words'] },
  ])
  expect(attributesOf([{ ...one!, choices: ' , ' }])).toContain('needs choices')
  expect(attributesOf([one!, { ...two!, name: 'Colour' }])).toContain('two attributes')
  expect(attributesOf([{ ...one!, name: ' ' }])).toContain('no name')
})

it('a filter is offered each attribute and each of its values', () => {
  expect(attributeWords([classes.car!, classes.bus!])).toEqual([
    'colour',
    'colour=red',
    'colour=blue',
    'parked',
    'parked=yes',
    'parked=no',
  ])
})
