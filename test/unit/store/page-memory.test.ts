/** What pages remember outlives the core, within limits, and a damaged file begins anew. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPageMemory } from '../../../core/page-memory.ts'
import { temporaryFolder } from './records.ts'

const keys = (folder: string) =>
  openPageMemory(folder)
    .recall()
    .map(({ key }) => key)

test('what was kept is there at the next start, the newest last', () => {
  const folder = temporaryFolder()
  const memory = openPageMemory(folder)
  expect(memory.recall()).toEqual([])
  memory.keep([
    { key: 'look', value: 'thin' },
    { key: 'view', value: 'wide' },
  ])
  memory.keep([{ key: 'look', value: 'bold' }])
  expect(openPageMemory(folder).recall()).toEqual([
    { key: 'view', value: 'wide' },
    { key: 'look', value: 'bold' },
  ])
})

test('the oldest go where there are too many', () => {
  const folder = temporaryFolder()
  const memory = openPageMemory(folder)
  for (let at = 0; at < 9; at++)
    memory.keep(Array.from({ length: 50 }, (_, i) => ({ key: `${at}-${i}`, value: '' })))
  expect(keys(folder)).toHaveLength(400)
  expect(keys(folder)[0]).toBe('1-0')
  memory.keep(Array.from({ length: 30 }, (_, i) => ({ key: `large ${i}`, value: 'x'.repeat(200_000) })))
  expect(keys(folder)).toHaveLength(19)
  expect(keys(folder).at(-1)).toBe('large 29')
})

test.each(['', '{', '{"look":1}', '[{"key":"look"}]', '[{"key":"","value":"x"}]'])(
  'a damaged file (%j) holds nothing, and is written anew',
  (text) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'page-memory.json'), text)
    expect(openPageMemory(folder).recall()).toEqual([])
    openPageMemory(folder).keep([{ key: 'look', value: 'thin' }])
    expect(keys(folder)).toEqual(['look'])
  },
)

test('what can’t be written is refused, and what was known stays', () => {
  const folder = temporaryFolder()
  const memory = openPageMemory(folder)
  memory.keep([{ key: 'look', value: 'thin' }])
  const blocked = join(folder, 'blocked')
  mkdirSync(join(blocked, 'page-memory.json'), { recursive: true })
  const other = openPageMemory(blocked)
  expect(() => other.keep([{ key: 'look', value: 'thin' }])).toThrow(
    expect.objectContaining({ code: 'not-writable' }),
  )
  expect(other.recall()).toEqual([])
  expect(keys(folder)).toEqual(['look'])
})
