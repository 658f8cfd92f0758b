/**
 * One export of made-up objects in a process of its own, so that its memory is its own: `node bench/write-format.ts
 * FORMAT OUT IMAGES OBJECTS OPTIONS`. Prints time and peak memory as JSON. Images are not copied: this is about labels.
 */
import { setInterval } from 'node:timers'
import type { ExportSource } from '../core/export/source.ts'
import { exportProject } from '../core/export/export-project.ts'
import { allFormats } from '../core/formats/all-formats.ts'
import type { Annotation, ImageItem, Ring, Shape } from '../common/model.ts'
import { newLabel } from '../common/new-label.ts'
import { objectByHand } from '../test/support/objects.ts'
import { createRandom } from '../test/support/random.ts'

const [format = '', out = '', images = '0', objects = '0', options = '{}'] = process.argv.slice(2)
const [imageCount, objectsOfImage] = [Number(images), Number(objects)]
const [WIDTH, HEIGHT, POINTS, CLASSES] = [1280, 960, 24, 20]

const circle = (x: number, y: number, radius: number, points = POINTS): Ring =>
  Array.from({ length: points }, (_, index): [number, number] => {
    const angle = (2 * Math.PI * index) / points
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })

/** One in fifty has a hole, one in fifty two parts, one in ten is a rectangle. */
const shapeOf = (random: () => number, index: number): Shape => {
  const radius = 8 + 40 * random()
  const x = radius + random() * (WIDTH - 2 * radius)
  const y = radius + random() * (HEIGHT - 2 * radius)
  if (index % 10 === 0)
    return { type: 'rectangle', x: x - radius, y: y - radius, width: radius, height: radius }
  if (index % 50 === 1)
    return { type: 'polygon', parts: [{ outer: circle(x, y, radius), holes: [circle(x, y, radius / 2)] }] }
  const halves = [circle(x, y, radius / 3), circle(x + radius / 1.4, y, radius / 4)]
  const parts = index % 50 === 2 ? halves : [circle(x, y, radius)]
  return { type: 'polygon', parts: parts.map((outer) => ({ outer, holes: [] })) }
}

const annotationsOf = (imageId: number): Annotation[] => {
  const random = createRandom(imageId)
  return Array.from({ length: objectsOfImage }, (_, index) => {
    // In this order: the numbers of a seed stay what they were.
    const labelId = `label-${Math.floor(random() * CLASSES)}`
    return objectByHand(`${imageId}-${index}`, shapeOf(random, index), { imageId, labelId })
  })
}

const itemOf = (id: number): ImageItem => ({
  id,
  path: `${Math.floor(id / 100)}/${id}.jpg`,
  bytes: id,
  modifiedAt: 0,
  contentHash: null,
  width: WIDTH,
  height: HEIGHT,
  orientation: 1,
  status: 'done',
  side: null,
  flag: null,
  reviewed: null,
  tags: [],
  problem: null,
  annotationCount: objectsOfImage,
  proposedCount: 0,
  madeOn: null,
  bands: null,
  shownBands: null,
  stretch: null,
})

const ids = Array.from({ length: imageCount }, (_, index) => index + 1)
const nothing = () => Promise.reject(new Error('Images are not copied here.'))
const source: ExportSource = {
  folder: import.meta.dirname,
  imageIds: () => ids,
  filtered: () => ids,
  imagePaths: () => ids.map((id) => itemOf(id).path),
  labels: () =>
    Array.from({ length: CLASSES }, (_, position) =>
      newLabel({ id: `label-${position}`, name: `class ${position}`, color: '#336699', position }),
    ),
  read: (some) => some.map((id) => ({ image: itemOf(id), annotations: annotationsOf(id), damaged: [] })),
  measure: (image) => Promise.resolve(image),
  keepSides: () => undefined,
  fileOf: nothing,
  thumbnail: nothing,
  encodeUpright: nothing,
}

/** Making the objects takes time too, which is not the format's. */
const made = performance.now()
for (let start = 0; start < ids.length; start += 100) source.read(ids.slice(start, start + 100))
const making = performance.now() - made

const { about, write } = allFormats.find((one) => one.about.id === format)!
const before = process.memoryUsage.rss()
let peak = before
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
const since = performance.now()
const report = await exportProject(
  {
    format,
    out,
    copyImages: false,
    validation: 0.2,
    seed: 0,
    options: JSON.parse(options) as Record<string, string>,
  },
  {
    writer: { ...about, write: write! },
    source,
    version: '0',
    signal: new AbortController().signal,
    onProgress: () => undefined,
  },
)
const ms = performance.now() - since
clearInterval(watch)
console.log(
  JSON.stringify({
    annotations: report.annotations,
    // The objects are made twice: when the images are planned, and when they are written.
    ms: ms - 2 * making,
    megabytes: (Math.max(peak, process.memoryUsage.rss()) - before) / 1e6,
  }),
)
