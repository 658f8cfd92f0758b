/** What the lines of YOLO files are, by all of them and the data.yaml. */
import { expect, test } from 'vitest'
import { createLineCounter, kindOfLines } from '../../../core/formats/yolo/kinds.ts'
import { countLines, readYoloLines } from '../../../core/formats/yolo/read-lines.ts'

const kindOf = (
  text: string,
  keyPoints: readonly [number, number] | null = null,
  task: string | null = null,
) => {
  const counter = createLineCounter()
  countLines(text, counter)
  return kindOfLines(counter.counts(), { keyPoints, task })
}

const lines = (...all: string[]) => all.join('\n')

test.each([
  ['boxes', '0 .5 .5 .2 .2', 'boxes'],
  ['predictions', lines('0 .5 .5 .2 .2 .9', '1 .4 .4 .1 .1 1'), 'boxes'],
  ['tracks', lines('0 .31 .41 .31 .41 1', '0 .75 .48 .25 .33 2'), 'tracks'],
  ['tracks with a confidence', lines('0 .31 .41 .31 .41 .9 3', '0 .75 .48 .25 .33 .8 4'), 'tracks'],
  ['corners', lines('0 .1 .1 .3 .2 .2 .4 0 .3', '1 .5 .5 .7 .5 .7 .7 .5 .7'), 'corners'],
  ['corners with a confidence', '0 .1 .1 .3 .2 .2 .4 0 .3 .75', 'corners'],
  [
    'corners that were moved to the border',
    lines('0 .1 .1 .3 .2 .2 .4 0 .3', '1 .9 .2 1 .25 1 .6 .8 .5'),
    'corners',
  ],
  ['outlines', lines('0 .1 .1 .4 .1 .4 .5', '0 .1 .1 .4 .1 .4 .5 .2 .3 .1 .2'), 'polygons'],
  ['outlines of four points', lines('0 .1 .1 .4 .15 .4 .5 .1 .3', '0 .5 .5 .9 .5 .9 .7 .6 .9'), 'polygons'],
  ['key points of three numbers', '0 .5 .5 .4 .4 .4 .4 2 .6 .6 1 0 0 0', 'pose'],
])('%s', (_, text, type) => expect(kindOf(text).type).toBe(type))

test('task of data.yaml tells oriented boxes from outlines of four points', () => {
  const squares = lines('0 .1 .1 .3 .1 .3 .3 .1 .3', '0 .5 .5 .7 .5 .7 .7 .5 .7')
  expect(kindOf(squares).type).toBe('corners')
  expect(kindOf(squares, null, 'segment').type).toBe('polygons')
  const cut = '1 .9 .2 1 .25 1 .6 .8 .5'
  expect(kindOf(cut).type).toBe('polygons')
  expect(kindOf(cut, null, 'obb').type).toBe('corners')
  // A task that the lines can't be of says nothing.
  expect(kindOf('0 .1 .1 .4 .1 .4 .5', null, 'obb').type).toBe('polygons')
})

test('corners may lie outside, their middle may not', () => {
  const read = (text: string) => readYoloLines(text, [], 'a.txt', { type: 'corners' })
  expect(read('0 -.1 .2 .2 -.1 .4 .1 .1 .4').objects).toMatchObject([
    {
      shape: {
        type: 'rotated',
        corners: [
          [-0.1, 0.2],
          [0.2, -0.1],
          [0.4, 0.1],
          [0.1, 0.4],
        ],
      },
    },
  ])
  const { objects, problems } = read('0 10 20 200 10 190 180 0 190')
  expect({ objects, problems: problems.length }).toEqual({ objects: [], problems: 1 })
})

test('kpt_shape tells key points from outlines, and the box is what is kept', () => {
  const text = '0 0.3125 0.416667 0.3125 0.416667 0.234375 0.3125 0.3125 0.375 0.390625 0.520833'
  expect(kindOf(text).type).toBe('polygons')
  const kind = kindOf(text, [3, 2])
  expect(kind).toEqual({ type: 'pose', numbers: 6 })
  expect(readYoloLines(text, ['dino'], 'a.txt', kind).objects).toMatchObject([
    { label: 'dino', shape: { type: 'box' }, lost: 'Its key points are left out.' },
  ])
})

test('the number of a track is no confidence', () => {
  const text = lines('0 .31 .41 .31 .41 1', '0 .75 .48 .25 .33 2')
  const { objects, problems } = readYoloLines(text, [], 'a.txt')
  expect(problems).toEqual([])
  expect(objects.map(({ score, lost }) => [score, lost])).toEqual([
    [null, 'The number of its track is left out.'],
    [null, 'The number of its track is left out.'],
  ])
})
