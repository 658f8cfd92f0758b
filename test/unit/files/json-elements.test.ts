/** Elements of JSON by its bytes: the same as JSON.parse gives, however the file is cut into pieces. */
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import type { ByteSource } from '../../../core/files/byte-source.ts'
import { eachJsonElement, type JsonElement } from '../../../core/files/json-elements.ts'

/** Gives at most `piece` bytes at a time, as a slow drive may. */
const sourceOf = (text: string, piece: number): ByteSource => {
  const bytes = Buffer.from(text)
  return {
    name: 'a.json',
    state: '',
    start: 0,
    size: bytes.length,
    read: (from, to) => bytes.subarray(from, Math.min(to, from + piece)),
    close: () => undefined,
  }
}

const elementsOf = async (text: string, piece = 1e9) => {
  const found: { list: string | null; index: number; value: unknown }[] = []
  const take = ({ list, index, bytes, start, length }: JsonElement) => {
    const value: unknown = JSON.parse(bytes!.toString())
    expect(JSON.parse(Buffer.from(text).toString('utf8', start, start + length))).toEqual(value)
    found.push({ list, index, value })
  }
  const shape = await eachJsonElement(sourceOf(text, piece), take)
  return { found, shape }
}

const listsOf = (value: unknown) =>
  Array.isArray(value)
    ? value.map((one: unknown, index) => ({ list: null, index, value: one }))
    : Object.entries(value as object).flatMap(([list, of]: [string, unknown]) =>
        Array.isArray(of) ? of.map((one: unknown, index) => ({ list, index, value: one })) : [],
      )

const key = fc.string({ unit: 'binary' }).filter((name) => name !== '__proto__')
const values = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 5 })
const roots = fc.oneof(
  values,
  fc.dictionary(key, fc.oneof(values, fc.jsonValue({ maxDepth: 2 })), { maxKeys: 4 }),
)

test('every element is found where it lies, in pieces of any size, with and without blanks', async () => {
  await fc.assert(
    fc.asyncProperty(roots, fc.integer({ min: 1, max: 9 }), fc.boolean(), async (root, piece, isSpaced) => {
      const text = JSON.stringify(root, null, isSpaced ? 2 : 0)
      // Through JSON once: it has no -0.
      const { found, shape } = await elementsOf(text, piece)
      expect(found).toEqual(listsOf(JSON.parse(text)))
      expect(shape.isCut).toBe(false)
    }),
  )
})

test('a file that is cut gives what stands before its end', async () => {
  const text = JSON.stringify({ images: [{ id: 1 }], annotations: [{ a: 'x"]}' }, { b: [1, 2] }] })
  const { found, shape } = await elementsOf(text.slice(0, -6), 3)
  expect(found.map(({ value }) => value)).toEqual([{ id: 1 }, { a: 'x"]}' }])
  expect(shape.isCut).toBe(true)
})

test('what nests without end is no element, and what is no JSON is refused', async () => {
  const found: (Buffer | null)[] = []
  await eachJsonElement(sourceOf(`[${'['.repeat(5000)}${']'.repeat(5000)}, 7]`, 100), ({ bytes }) =>
    found.push(bytes === null ? null : Buffer.from(bytes)),
  )
  expect(found.map((bytes) => bytes?.toString() ?? null)).toEqual([null, '7'])
  await expect(elementsOf('hello')).rejects.toThrow('is no JSON')
})
