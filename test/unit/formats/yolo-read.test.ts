/** Label files that somebody else has made: one bad or endless line costs neither the memory nor the others. */
import { expect, test } from 'vitest'
import { readYoloLines } from '../../../core/formats/yolo/read-lines.ts'

const GOOD = '0 0.5 0.5 0.2 0.2'

test('lines end in three ways, and are counted as an editor does', () => {
  const { objects, problems } = readYoloLines(`\uFEFF${GOOD}\r\n\rx\n${GOOD}`, ['cat'], 'a.txt')
  expect(objects.map(({ where }) => where)).toEqual(['a.txt, line 1', 'a.txt, line 4'])
  expect(problems.map(({ message }) => message)).toEqual([
    'a.txt, line 3 has 1 of the 5 numbers of a box; it is left out.',
  ])
})

test('a line of four million letters is left out unread', () => {
  const { objects, problems } = readYoloLines(`0 ${'0.5 '.repeat(1_100_000)}\n${GOOD}`, ['cat'], 'a.txt')
  expect(objects).toHaveLength(1)
  expect(problems.map(({ message }) => message)).toEqual([
    'a.txt, line 1 is longer than 4,000,000 letters; it is left out.',
  ])
})

test('of many bad lines the first hundred are named, and the others counted', () => {
  const { objects, problems } = readYoloLines(`${'x\n'.repeat(5000)}${GOOD}`, ['cat'], 'a.txt')
  expect(objects).toHaveLength(1)
  expect(problems).toHaveLength(101)
  expect(problems.at(-1)?.message).toBe('a.txt: 4,900 further lines are left out, as these.')
})
