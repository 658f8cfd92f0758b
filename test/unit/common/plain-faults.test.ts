/** What is wrong with a stranger's value, in our words. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkValue } from '../../../common/plain-faults.ts'
import { parseJson } from '../../../core/files/json.ts'

const schema = z.object({
  box: z.tuple([z.number(), z.number().positive()]),
  count: z.int().max(9).optional(),
  kind: z.enum(['a', 'b']).default('a'),
  name: z.string().regex(/^x/, 'must begin with x').default('x'),
  list: z.array(z.boolean()).min(1).optional(),
  size: z.union([z.string(), z.number(), z.literal('all')]).optional(),
  shape: z.union([z.object({ radius: z.number() }), z.string()]).optional(),
})

test.each<[value: unknown, fault: string]>([
  [null, 'it must be an object'],
  [{}, 'box is missing'],
  [{ box: 'x' }, 'box must be a list'],
  [{ box: [1, '2'] }, 'box.1 must be a number'],
  [{ box: [1, 0] }, 'box.1 must be more than 0'],
  [{ box: [NaN, 1] }, 'box.0 must be a number'],
  [{ box: [1, 1], count: 1.5 }, 'count must be a whole number'],
  [{ box: [1, 1], count: 10 }, 'count must be at most 9'],
  [{ box: [1, 1], kind: 'c' }, 'kind must be "a" or "b"'],
  [{ box: [1, 1], name: 'y' }, 'name must begin with x'],
  [{ box: [1, 1], list: [] }, 'list is too short'],
  [{ box: [1, 1], size: true }, 'size must be a text or a number or "all"'],
  [{ box: [1, 1], shape: 3 }, 'shape must be an object or a text'],
  [{ box: [1, 1], shape: {} }, 'shape is not as it should be'],
  [
    { box: [1, 1], list: [1], kind: 3, name: 4, count: 'x' },
    'count must be a number, kind must be "a" or "b", name must be a text',
  ],
])('%j: %s', (value, fault) => {
  expect(checkValue(schema, value)).toEqual({ fault })
})

test('what a schema says of the whole stands alone, and no name in it is longer than a message', () => {
  const two = z
    .object({ first: z.string() })
    .superRefine(({ first }, context) =>
      context.addIssue({ code: 'custom', message: `${first}: which one?` }),
    )
  expect(checkValue(two, { first: 'a' })).toEqual({ fault: 'a: which one?' })
  const long = checkValue(two, { first: 'a'.repeat(5000) })
  expect('fault' in long && long.fault.length).toBe(200)
})

test('a value that fits is given as the schema reads it', () => {
  expect(checkValue(schema, { box: [1, 2] })).toEqual({ data: { box: [1, 2], kind: 'a', name: 'x' } })
})

test.each([
  ['{"a": [1,\n 2', /^boxes\.json is no JSON: it ends too early\.$|in line 2\.$/],
  ['{"a": 1,\n\n b}', /^boxes\.json is no JSON: something is wrong in line 3\.$/],
  ['hello', /^boxes\.json is no JSON: it is damaged, or something else\.$/],
  ['', /it ends too early/],
])('%j is no JSON, and it is said where', (text, message) => {
  expect(() => parseJson(text, 'boxes.json')).toThrow(message)
})
