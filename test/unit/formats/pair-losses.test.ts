/**
 * What is lost from each format to each: exactly what docs/formats.md says of the one, and then of the other. The loss of a
 * pair is put together of the two columns of the page's table; nothing is written down here pair by pair.
 */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { formatList } from '../../../common/formats.ts'
import { clipToImage } from '../../../common/geometry/clip.ts'
import { asPolygon, bboxOf, hasArea } from '../../../common/geometry/measure.ts'
import { orientedBoxOf } from '../../../common/geometry/oriented-box.ts'
import { rotatedOfCorners } from '../../../common/geometry/rotated.ts'
import type { Annotation, ImageItem, Ring, Shape } from '../../../common/model.ts'
import { newLabel } from '../../../common/new-label.ts'
import { imageRecordOf } from '../../../common/new-records.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { createImageFinder } from '../../../core/import/find-image.ts'
import { fitObjects } from '../../../core/import/fit-objects.ts'
import { openLabels } from '../../../core/import/read-labels.ts'
import { objectByHand } from '../../support/objects.ts'
import { openImportProject, type ImportProject } from '../import/project.ts'
import { maskOf } from './generated.ts'
import { readTable, rowOf, rules } from './keeps.ts'

const table = readTable()
const size = { width: 220, height: 160 } as const
const photos = { 'all.png': [size.width, size.height], 'empty.png': [30, 20] } as const

const square = (x: number, y: number, side: number): Ring => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]
const outline = (outer: Ring, ...holes: Ring[]): Shape => ({ type: 'polygon', parts: [{ outer, holes }] })

/** One of each kind, none on another; by the class that it has. */
const shapes: Readonly<Record<string, Shape>> = {
  rectangle: { type: 'rectangle', x: 10, y: 10, width: 40, height: 30 },
  rotated: { type: 'rotated-rectangle', cx: 90, cy: 30, width: 44, height: 26, angle: 0.5 },
  polygon: outline([
    [160, 5],
    [200, 25],
    [190, 50],
    [130, 30],
  ]),
  parts: {
    type: 'polygon',
    parts: [
      { outer: square(10, 65, 22), holes: [] },
      { outer: square(50, 65, 22), holes: [] },
    ],
  },
  hole: outline(square(100, 65, 40), square(110, 75, 20)),
  cut: outline([
    [180, 70],
    [240, 90],
    [185, 130],
  ]),
  point: { type: 'point', x: 20.5, y: 120.5 },
  line: {
    type: 'polyline',
    points: [
      [40, 120],
      [70, 140],
    ],
  },
}
const said = { attributes: { colour: 'red', parked: true, count: 7 }, groupId: 3, trackId: 5, score: 0.5 }
const marks = { tags: ['night'], flag: 'look at it' }

/** What is left of an object; null when nothing is. */
interface Left extends Pick<Annotation, 'attributes' | 'groupId' | 'trackId' | 'score'> {
  readonly shape: Shape
}

const cellOf = (format: string, row: string): string => {
  const cell = table.get(format)!.get(row)
  if (cell === undefined) throw new Error(`The page has no row "${row}".`)
  return cell
}
const isLeftOut = (format: string, row: string) => cellOf(format, row) === 'left out'

const boxOf = (shape: Shape): Shape => ({ type: 'rectangle', ...bboxOf(shape) })
/** Whole, where its corners lie outside of the image too. */
const least = (shape: Shape): Shape => rotatedOfCorners(orientedBoxOf(shape))
const outsideOf = (format: string) => cellOf(format, 'what lies outside the image')
const isWhole = (format: string, { type }: Shape) =>
  type === 'rotated-rectangle' && outsideOf(format).endsWith('a turned rectangle stays whole')

/** What the cell makes of a shape, within its image but for what stays whole. */
const shapeAfter = (format: string, shape: Shape): Shape | null => {
  if (!hasArea(shape)) return isLeftOut(format, 'point, line') ? null : shape
  const row = rowOf(shape, [size.width, size.height], outsideOf(format))
  const cell = cellOf(format, row)
  if (rules[row]?.[cell] === undefined) throw new Error(`No rule for "${cell}" (${format}, ${row}).`)
  const meant = cell === 'no matter' ? cellOf(format, 'polygon') : cell
  if (/^(?:its box|the box around all|`class cx cy w h`)$/.test(meant)) return boxOf(shape)
  return /least area|the rectangle around all/.test(meant) ? least(shape) : shape
}

const after = (format: string, { shape, score, ...extras }: Left): Left | null => {
  const inside = isWhole(format, shape) ? shape : clipToImage(shape, size)!
  const left = shapeAfter(format, inside)
  if (left === null) return null
  const holds = !isLeftOut(format, 'attributes, group, track')
  const isSaid = inside !== shape && outsideOf(format).includes('`truncated`')
  return {
    shape: left,
    score: isLeftOut(format, 'score') ? null : score,
    attributes: { ...(holds ? extras.attributes : {}), ...(isSaid ? { truncated: true } : {}) },
    groupId: holds ? extras.groupId : null,
    trackId: holds ? extras.trackId : null,
  }
}

const expectedOf = (from: string, to: string) => ({
  objects: Object.fromEntries(
    Object.entries(shapes).flatMap(([label, shape]) => {
      const first = after(from, { shape, ...said })
      const left = first && after(to, first)
      return left ? [[label, left]] : []
    }),
  ),
  marks: [from, to].every((one) => !isLeftOut(one, 'tags, flag, review of an image')) ? marks : null,
  // COCO lists an image without objects and does not say that it was looked at.
  isEmptyDone: [from, to].every((one) => cellOf(one, 'image without objects') !== 'listed'),
})

const fill = async ({ client }: ImportProject, items: readonly ImageItem[]) => {
  const { labels } = await client.call('labels.list', {})
  const image = items.find(({ path }) => path === 'all.png')!
  const names = Object.keys(shapes)
  const added = names.map((name, position) => newLabel({ id: name, name, color: '#336699', position }))
  const objects = names.map((name) =>
    objectByHand(name, shapes[name]!, { imageId: image.id, labelId: name, ...said }),
  )
  const updated = items.map((item): [ReturnType<typeof imageRecordOf>, ReturnType<typeof imageRecordOf>] => {
    const record = imageRecordOf(item)
    return [record, { ...record, status: 'done', ...(item === image ? marks : {}) }]
  })
  await client.call('edit.commit', { diff: diffOf({ labels: { removed: labels, added } }) })
  await client.call('edit.commit', { diff: diffOf({ annotations: { added: objects }, images: { updated } }) })
}

const imagesOf = async ({ client }: ImportProject): Promise<ImageItem[]> =>
  (await client.call('images.list', { offset: 0, limit: 9, filter: { text: '', show: 'all' } })).items

/** With all that the format can be asked for, and each object of a map by itself. */
const exportTo = async ({ client, top }: ImportProject, format: string, name: string) => {
  const { options } = formatList.find(({ id }) => id === format)!
  const asked = options.flatMap(({ id }): [string, unknown][] =>
    id === 'attributes' || id === 'score' ? [[id, true]] : id === 'values' ? [[id, 'object']] : [],
  )
  const out = join(top, name)
  const request = {
    format,
    out,
    copyImages: false,
    validation: 0,
    seed: 1,
    options: Object.fromEntries(asked),
  }
  ensureDone(await runWork(client, 'export', request as never))
  return out
}

/** What the files of an export say. */
const read = async (out: string, items: readonly ImageItem[]) => {
  const set = await openLabels(allFormats, { path: out })
  const find = createImageFinder(items)
  const objects: Record<string, Left> = {}
  let [found, isEmptyDone]: [typeof marks | null, boolean] = [null, false]
  try {
    for (const image of set.images) {
      const known = find(image.name, image.isNumber)
      if ('problem' in known) throw new Error(known.problem)
      const { width, height } = known.image
      const loaded = fitObjects(await image.load(), { width: width!, height: height!, orientation: 1 })
      expect(loaded.problems).toEqual([])
      if (known.image.path === 'empty.png') isEmptyDone = image.isReviewed
      else if (loaded.marks) found = { tags: [...loaded.marks.tags], flag: loaded.marks.flag! }
      for (const { label, fitted, score, extras } of loaded.objects) {
        if ('problem' in fitted) throw new Error(fitted.problem)
        expect(objects).not.toHaveProperty(label)
        objects[label] = {
          shape: fitted.shape,
          score,
          attributes: {},
          groupId: null,
          trackId: null,
          ...extras,
        }
      }
    }
  } finally {
    set.close()
  }
  return { objects, marks: found, isEmptyDone }
}

/** Pixels are counted in whole ones, so shapes may differ by a pixel along their outline, and by no part and no hole. */
const LEAST_IOU = 0.9

const iouOf = (a: Shape, b: Shape): number => {
  const sides = [size.width, size.height] as const
  const [one, other] = [maskOf(a, sides).data, maskOf(b, sides).data]
  let [both, either] = [0, 0]
  for (let at = 0; at < one.length; at++) {
    both += one[at]! & other[at]!
    either += one[at]! | other[at]!
  }
  return both / either
}
const countsOf = (shape: Shape) =>
  hasArea(shape)
    ? asPolygon(shape)
        .parts.map(({ holes }) => holes.length)
        .sort()
    : shape.type

const expectShape = (pair: string, read: Shape, expected: Shape) => {
  expect(countsOf(read), pair).toEqual(countsOf(expected))
  if (hasArea(expected) && hasArea(read)) expect(iouOf(read, expected), pair).toBeGreaterThan(LEAST_IOU)
  else expect(read, pair).toEqual(expected)
}

test.each(formatList.map(({ id }) => id))('%s to every format', { timeout: 120_000 }, async (from) => {
  const open = async () => {
    const project = await openImportProject(photos)
    onTestFinished(() => project.close())
    return project
  }
  const source = await open()
  await fill(source, await imagesOf(source))
  const between = await open()
  await between.take(await exportTo(source, from, from))
  const items = await imagesOf(between)
  for (const { id: to } of formatList) {
    const found = await read(await exportTo(between, to, `to-${to}`), items)
    const expected = expectedOf(from, to)
    const pair = `${from} to ${to}`
    expect(Object.keys(found.objects).sort(), pair).toEqual(Object.keys(expected.objects).sort())
    for (const [label, { shape, ...rest }] of Object.entries(expected.objects)) {
      const { shape: readShape, ...readRest } = found.objects[label]!
      expect({ pair, label, ...readRest }).toEqual({ pair, label, ...rest })
      expectShape(`${pair}: ${label}`, readShape, shape)
    }
    expect({ pair, marks: found.marks, isEmptyDone: found.isEmptyDone }).toEqual({
      pair,
      marks: expected.marks,
      isEmptyDone: expected.isEmptyDone,
    })
  }
})
