/** Attributes as people read them, as filters ask for them, and the definitions that values ask for. */
import { describe, expect, it } from 'vitest'
import {
  attributesText,
  commonOf,
  definedBy,
  hasAttribute,
  readValue,
  seeValues,
  withAttribute,
  type SeenValues,
} from '../../../common/attributes.ts'
import { parseQuery } from '../../../common/image-query.ts'

const car = { occluded: true, colour: 'dark red', speed: 50, parked: false, note: '' }

describe('what a filter says of an object', () => {
  it.each([
    ['occluded', true],
    ['OCCLUDED=yes', true],
    ['occluded=no', false],
    ['parked=no', true],
    ['parked', true],
    ['colour=red', false],
    ['colour="Dark Red"', true],
    ['colour=*red', true],
    ['speed=50', true],
    ['speed>49.5', true],
    ['speed<50', false],
    ['speed<=50', true],
    ['colour>5', false],
    ['height', false],
  ])('attr:%s is %s', (word, is) => {
    const parsed = parseQuery(`attr:${word}`)
    const condition = 'terms' in parsed ? parsed.terms[0]?.condition : undefined
    expect(condition?.key === 'attr' && hasAttribute(car, condition)).toBe(is)
  })

  it.each(['attr:=yes', 'attr:', 'attr:speed>', 'group:x', 'track:-1'])('%s is none', (text) =>
    expect(parseQuery(text)).toHaveProperty('problem'),
  )
})

it('is told in the order of the class: what is yes by its name, what is no or empty not at all', () => {
  const attributes = [
    { name: 'colour', type: 'choice' as const, choices: ['dark red'] },
    { name: 'occluded', type: 'yes-no' as const, choices: [] },
  ]
  expect(attributesText({ attributes: car }, { attributes })).toBe('dark red, occluded, speed 50')
})

it.each([
  [[1, 1], { value: 1 }],
  [[1, null], 'mixed'],
  [[undefined, null], { value: null }],
  [['a', 'b'], 'mixed'],
])('of %j is common: %j', (values: (string | number | null | undefined)[], common) =>
  expect(commonOf(values)).toEqual(common),
)

it('what is typed becomes a value of its type, or none', () => {
  expect(readValue('number', ' 1,5 ')).toBe(1.5)
  expect(readValue('number', 'fast')).toBeUndefined()
  expect(readValue('yes-no', 'Yes')).toBe(true)
  expect(readValue('text', ' two words ')).toBe('two words')
  expect(readValue('text', '  ')).toBeNull()
  expect(withAttribute({ a: 1, b: 2 }, 'a', null)).toEqual({ b: 2 })
})

describe('definitions by values', () => {
  const seenOf = (...objects: Record<string, string | number | boolean>[]) => {
    const seen: SeenValues = new Map()
    for (const attributes of objects) seeValues(seen, attributes)
    return seen
  }

  it('are of the type that all values have', () => {
    const seen = seenOf(
      { colour: 'red', speed: 1, on: true, odd: 'x' },
      { colour: 'blue', speed: 2.5, on: false, odd: 3 },
    )
    expect(definedBy([], seen)).toEqual([
      { name: 'colour', type: 'choice', choices: ['blue', 'red'] },
      { name: 'speed', type: 'number', choices: [] },
      { name: 'on', type: 'yes-no', choices: [] },
      { name: 'odd', type: 'choice', choices: ['3', 'x'] },
    ])
  })

  it('many texts, or long ones, are no choice', () => {
    const many = Array.from({ length: 30 }, (_, at) => ({ plate: `B ${at}`, note: 'n'.repeat(50) }))
    expect(definedBy([], seenOf(...many)).map(({ type }) => type)).toEqual(['text', 'text'])
  })

  it('leave alone what the class defines', () => {
    const own = [{ name: 'colour', type: 'text' as const, choices: [] }]
    expect(definedBy(own, seenOf({ colour: 'red' }))).toBe(own)
  })
})
