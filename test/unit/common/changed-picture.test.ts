import { expect, test } from 'vitest'
import { changeText, movedTo, settlingsOf, type Settling } from '../../../common/changed-picture.ts'
import { annotationOf } from '../store/records.ts'

const pair = (from: [number, number, number?], to: [number, number, number?]) => ({
  madeOn: { bytes: 1, contentHash: 'a', width: from[0], height: from[1], orientation: from[2] ?? 1 },
  width: to[0],
  height: to[1],
  orientation: to[2] ?? 1,
})

test.each<[string, ReturnType<typeof pair>, Settling]>([
  ['halved', pair([400, 300], [200, 150]), 'scale'],
  ['halved, sides rounded', pair([401, 301], [200, 150]), 'scale'],
  ['other pixels of the same size', pair([400, 300], [400, 300]), 'keep'],
  ['turned by its tag', pair([400, 300, 1], [300, 400, 6]), 'turn'],
  ['upside down by its tag', pair([400, 300, 1], [400, 300, 3]), 'turn'],
  ['turned in its pixels', pair([400, 300], [300, 400]), 'turn-right'],
  ['turned and halved in its pixels', pair([400, 300], [150, 200]), 'turn-right'],
  ['written upright, tag gone', pair([300, 400, 6], [300, 400, 1]), 'keep'],
  ['cut', pair([400, 300], [300, 300]), 'scale'],
])('the likeliest for a photo %s', (_, item, first) => {
  expect(settlingsOf(item)[0]).toBe(first)
})

const cornerOf = (item: ReturnType<typeof pair>, how: Exclude<Settling, 'drop'>) => {
  const rectangle = { type: 'rectangle', x: 10, y: 20, width: 30, height: 40 } as const
  return movedTo(item, how)!({ ...annotationOf('a'), shape: rectangle }).shape
}

// A box of 30 x 40 whose corner is 10 from the left and 20 from the top of 400 x 300.
test.each<[string, ReturnType<typeof pair>, Exclude<Settling, 'drop'>, object]>([
  ['scale', pair([400, 300], [200, 150]), 'scale', { x: 5, y: 10, width: 15, height: 20 }],
  ['a quarter right', pair([400, 300], [300, 400]), 'turn-right', { x: 240, y: 10, width: 40, height: 30 }],
  ['a quarter left', pair([400, 300], [300, 400]), 'turn-left', { x: 20, y: 360, width: 40, height: 30 }],
  ['tag 1 to 6', pair([400, 300, 1], [300, 400, 6]), 'turn', { x: 240, y: 10, width: 40, height: 30 }],
  ['tag 8 to 3', pair([400, 300, 8], [300, 400, 3]), 'turn', { x: 20, y: 360, width: 40, height: 30 }],
  ['tag 1 to 3', pair([400, 300, 1], [400, 300, 3]), 'turn', { x: 360, y: 240, width: 30, height: 40 }],
  ['tag 1 to 2', pair([400, 300, 1], [400, 300, 2]), 'turn', { x: 360, y: 20, width: 30, height: 40 }],
])('%s', (_, item, how, expected) => {
  const found = cornerOf(item, how) as unknown as Record<string, number>
  for (const [key, value] of Object.entries(expected)) expect(found[key], key).toBeCloseTo(value as number, 9)
})

test('without a size nothing is moved', () => {
  const item = { ...pair([400, 300], [1, 1]), width: null, height: null }
  expect(settlingsOf(item)).toEqual(['keep', 'drop'])
  expect(movedTo(item, 'scale')).toBeNull()
})

test('what happened is said with both sizes', () => {
  expect(changeText(pair([400, 300], [200, 150]))).toBe(
    'The photo has changed since its objects were made: it was 400 × 300 pixels and has 200 × 150 now.',
  )
  expect(changeText(pair([400, 300], [400, 300]))).toBe('The photo has changed since its objects were made.')
})
