import { describe, expect, it } from 'vitest'
import { limits } from '../../../common/limits.ts'
import type { Shape } from '../../../common/model.ts'
import { objectsOfText, textOfObjects } from '../../../common/object-text.ts'
import { square } from '../tools/fake-core.ts'

const image = { path: 'a/cup.jpg', width: 200, height: 100 }
const twoParts: Shape = {
  type: 'polygon',
  parts: [
    { ...square(10, 10, 30).parts[0]!, holes: [square(15, 15, 5).parts[0]!.outer] },
    square(60.25, 1 / 3, 5).parts[0]!,
  ],
}
const box: Shape = { type: 'rectangle', x: 1, y: 2, width: 30, height: 40 }
const read = (shapes: unknown) => objectsOfText(JSON.stringify({ shapes }))

describe('objects as text', () => {
  it('come back as they were, every digit, parts and holes', () => {
    const objects = [
      { name: 'cup', shape: twoParts },
      { name: 'cup', shape: square(1, 1, 9) },
      { name: 'box', shape: box },
      { name: 'cup', shape: twoParts },
      { name: 'tip', shape: { type: 'point', x: 1 / 3, y: 2 } as const },
      {
        name: 'crack',
        shape: {
          type: 'polyline' as const,
          points: [
            [1, 2],
            [3.5, 1 / 7],
          ] as [number, number][],
        },
      },
    ]
    expect(objectsOfText(textOfObjects(objects, image))).toEqual({ objects, skipped: 0 })
  })

  it('are labelme’s JSON', () => {
    const given = JSON.parse(textOfObjects([{ name: 'box', shape: box }], image)) as Record<string, unknown>
    expect(given).toMatchObject({
      imagePath: 'a/cup.jpg',
      imageWidth: 200,
      imageHeight: 100,
      imageData: null,
    })
    expect(given.shapes).toEqual([
      {
        label: 'box',
        shape_type: 'rectangle',
        points: [
          [1, 2],
          [31, 42],
        ],
        group_id: null,
      },
    ])
  })
})

describe('a text from elsewhere', () => {
  it('needs no more than shapes with a label and points', () => {
    const points = [
      [0, 0],
      [9, 0],
      [9, 9],
    ]
    expect(read([{ label: ' cup\u202e\n', points }])?.objects).toEqual([
      { name: 'cup', shape: { type: 'polygon', parts: [{ outer: points, holes: [] }] } },
    ])
    const corners = [
      [9, 2],
      [9, 8],
      [1, 8],
      [1, 2],
    ]
    expect(read([{ label: 'b', shape_type: 'rectangle', points: corners }])?.objects[0]?.shape).toEqual({
      type: 'rectangle',
      x: 1,
      y: 2,
      width: 8,
      height: 6,
    })
  })

  it('that is something else holds no objects', () => {
    for (const text of ['', 'hello', '[1]', '{', 'null', '{"shapes":1}', '{"shapes":{"length":2}}'])
      expect(objectsOfText(text), text).toBeNull()
    expect(read(Array.from({ length: limits.objectsOfImage + 1 }, () => 0))).toBeNull()
  })

  it('loses the shapes that make no sense, and counts them', () => {
    const good = {
      label: 'cup',
      points: [
        [0, 0],
        [9, 0],
        [9, 9],
      ],
    }
    const bad = [
      null,
      7,
      { ...good, label: '' },
      { ...good, label: 3 },
      {
        ...good,
        points: [
          [0, 0],
          [1, 1],
        ],
      },
      {
        ...good,
        points: [
          [0, 0],
          [9, 0],
          [9, limits.coordinate * 10],
        ],
      },
      {
        ...good,
        points: [
          [0, 0],
          [9, 0],
          ['9', 9],
        ],
      },
      { ...good, points: { length: 3 } },
      { ...good, holes: [[[0, 0]]] },
      { ...good, shape_type: 'circle' },
      { ...good, shape_type: 'rectangle' },
      {
        ...good,
        shape_type: 'rectangle',
        points: [
          [1, 1],
          [1, 5],
        ],
      },
    ]
    expect(read([good, ...bad])).toMatchObject({ objects: [{ name: 'cup' }], skipped: bad.length })
    expect(objectsOfText('{"shapes":[{"label":"a","points":[[0,0],[1e999,0],[1,1]]}]}')?.skipped).toBe(1)
  })

  it('joins parts of one group and label alone', () => {
    const part = {
      points: [
        [0, 0],
        [9, 0],
        [9, 9],
      ],
      group_id: 1,
    }
    const { objects } = read([
      { ...part, label: 'a' },
      { ...part, label: 'b' },
      { ...part, label: 'a' },
    ])!
    expect(objects.map(({ shape }) => shape.type === 'polygon' && shape.parts.length)).toEqual([2, 1])
  })
})

it('what is said of an object is in labelme’s and X-AnyLabeling’s words, and comes back', () => {
  const told = { attributes: { occluded: true, colour: 'red', count: 2 }, groupId: 4 }
  const text = textOfObjects([{ name: 'cup', shape: twoParts, ...told }], image)
  const { shapes } = JSON.parse(text) as { shapes: unknown[] }
  expect(shapes).toMatchObject([
    { flags: { occluded: true }, attributes: { colour: 'red', count: 2 }, object_group: 4, group_id: 0 },
    { flags: { occluded: true }, attributes: { colour: 'red', count: 2 }, object_group: 4, group_id: 0 },
  ])
  expect(objectsOfText(text)?.objects).toEqual([{ name: 'cup', shape: twoParts, ...told }])
})

it('what makes no sense of it is left out, and the shape is taken', () => {
  const shape = { label: 'cup', points: square(1, 1, 9).parts[0]!.outer }
  const odd = { ...shape, flags: [1], attributes: { deep: { er: 1 } }, object_group: -3 }
  expect(read([odd])).toEqual({ objects: [{ name: 'cup', shape: square(1, 1, 9) }], skipped: 0 })
})
