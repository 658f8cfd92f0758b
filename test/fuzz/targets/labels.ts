/** Label files of others: YOLO's lines and names, COCO's instances and results, the classes.txt of a new folder. */
import { join } from 'node:path'
import type { ImageItem } from '../../../common/model.ts'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { fitObject } from '../../../core/import/fit-object.ts'
import { readProblem } from '../../../core/import/objects.ts'
import { readLabels } from '../../../core/import/read-labels.ts'
import { firstLabels } from '../../../core/project/first-labels.ts'
import { planBoxes, wantedBoxes } from '../../../core/work/boxes/plan.ts'
import { mutateBytes } from '../mutate/bytes.ts'
import { mutateJson } from '../mutate/json.ts'
import { oddPath } from '../mutate/odd.ts'
import { mutateText } from '../mutate/text.ts'
import type { Entry } from '../place.ts'
import type { Random } from '../random.ts'
import type { Answers, Case, Session, Target } from '../target.ts'

interface LabelCase extends Case {
  /** What is read, and the file of names that is given with it; relative to the shared folder. */
  readonly source: string
  readonly names?: string
}

const BOX_LINES = '0 0.5 0.5 0.25 0.5\n1 0.1 0.2 0.05 0.1 0.93\n2 0.3 0.3 0.2 0.2\n'
const POLYGON_LINES = '0 0.1 0.1 0.4 0.1 0.4 0.5 0.1 0.5\n1 0.5 0.5 0.6 0.5 0.6 0.7\n'
const CORNER_LINES = '0 0.1 0.1 0.4 0.1 0.4 0.5 0.1 0.5\n1 0.5 0.5 0.7 0.6 0.6 0.8 0.4 0.7\n'
const CLASS_LINES = 'cat\ndog\nbicycle lane\n'
const YAML =
  'path: .\ntrain: images/train\nval: images/val\nnc: 3\nnames:\n  0: cat\n  1: dog\n  2: "bicycle lane"\n'
const YAML_LIST = "nc: 2\nnames: ['cat', dog]\n"
const results = [
  { image_id: 1, category_id: 1, bbox: [10, 20, 30, 40], score: 0.9 },
  { image_id: 2, category_id: 2, bbox: [1.5, 2.25, 8, 9], score: 0.31 },
  { file_name: 'sub/b.png', category_id: 0, bbox: [0, 0, 5, 5] },
]
const instances = {
  images: [
    { id: 1, file_name: 'a.png', width: 120, height: 80 },
    { id: 2, file_name: 'sub/b.png', width: 120, height: 80 },
  ],
  categories: [
    { id: 1, name: 'cat' },
    { id: 2, name: 'dog' },
  ],
  annotations: [
    {
      id: 1,
      image_id: 1,
      category_id: 1,
      bbox: [10, 20, 30, 40],
      area: 1200,
      iscrowd: 0,
      segmentation: [[10, 20, 40, 20, 40, 60, 10, 60]],
    },
    {
      id: 2,
      image_id: 2,
      category_id: 2,
      bbox: [1, 2, 3, 4],
      iscrowd: 1,
      segmentation: { size: [80, 120], counts: [100, 20, 9480] },
    },
  ],
}

const shared = (files: Record<string, Entry>) =>
  new Map(Object.entries(files).map(([path, entry]) => [`home/shared/${path}`, entry]))

type Make = (random: Random) => LabelCase

const linesOf =
  (lines: string): Make =>
  (random) => {
    const { bytes, about } = mutateText(lines, random)
    const files = {
      'labels/a.txt': bytes,
      'labels/b.txt': Buffer.from(lines),
      'classes.txt': Buffer.from(CLASS_LINES),
    }
    return { about: `label lines: ${about}`, source: 'labels', files: shared(files) }
  }

/** What lies beside lines of labels. */
const besideLines: readonly Make[] = [
  (random) => {
    const { bytes, about } = mutateText(CLASS_LINES, random)
    const files = { 'a.txt': Buffer.from(BOX_LINES), 'classes.txt': bytes }
    return { about: `classes.txt: ${about}`, source: '.', files: shared(files) }
  },
  (random) => {
    const { bytes, about } = mutateText(random.pick([YAML, YAML_LIST]), random)
    const files = { 'labels/train/a.txt': Buffer.from(BOX_LINES), 'data.yaml': bytes }
    return { about: `data.yaml: ${about}`, source: 'labels', names: 'data.yaml', files: shared(files) }
  },
  (random) => {
    const link = { link: oddPath(random).replaceAll('\0', '') || 'x' }
    const place = random.pick(['labels/a.txt', 'classes.txt', 'labels/data.yaml'])
    const files = { 'labels/b.txt': Buffer.from(BOX_LINES), [place]: link }
    return { about: `${place} is a link`, source: 'labels', files: shared(files) }
  },
]

const listMakers: readonly Make[] = [
  (random) => {
    const { bytes, about } = mutateJson(random.pick<unknown>([results, instances]), random)
    return { about: `COCO: ${about}`, source: 'boxes.json', files: shared({ 'boxes.json': bytes }) }
  },
  (random) => {
    const { bytes, about } = mutateJson(instances, random)
    const files = { 'boxes.json': Buffer.from(JSON.stringify(results)), 'instances.json': bytes }
    return {
      about: `COCO names: ${about}`,
      source: 'boxes.json',
      names: 'instances.json',
      files: shared(files),
    }
  },
]

const labelmeFile = {
  version: '7.0.0',
  shapes: [
    {
      label: 'cat',
      points: [
        [10, 10],
        [30, 10],
        [30, 30],
      ],
      group_id: 1,
      shape_type: 'polygon',
      flags: {},
    },
    {
      label: 'cat',
      points: [
        [50, 50],
        [60, 60],
      ],
      group_id: 1,
      shape_type: 'rectangle',
    },
    {
      label: 'dog',
      points: [
        [40, 40],
        [45, 40],
      ],
      group_id: null,
      shape_type: 'circle',
    },
    {
      label: 'dog',
      points: [
        [1, 1],
        [3, 3],
      ],
      shape_type: 'mask',
      mask: 'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAAEElEQVR4nGNgYGRkYGBkAAAAFQAE6blxWwAAAABJRU5ErkJggg==',
    },
  ],
  imagePath: 'a.png',
  imageWidth: 120,
  imageHeight: 80,
}
const VOC_XML = `<annotation><filename>a.png</filename><size><width>120</width><height>80</height><depth>3</depth></size>
<object><name>R&amp;D</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>30</xmax><ymax>40</ymax></bndbox></object>
<object><name>dog</name><bndbox><xmin>5.5</xmin><ymin>6</ymin><xmax>7</xmax><ymax>8</ymax></bndbox></object></annotation>`
const CSV_TABLE =
  'filename,width,height,class,xmin,ymin,xmax,ymax,area,score,source,polygon\r\n' +
  'a.png,120,80,cat,10,10,30,30,200,,hand,"POLYGON ((10 10, 30 10, 30 30, 10 10), (15 12, 18 12, 18 14, 15 12))"\r\n' +
  'sub/b.png,120,80,"d""og",1,2,3,4,4,0.5,hand,"MULTIPOLYGON (((1 2, 3 2, 3 4, 1 2)), ((5 5, 6 5, 6 6, 5 5)))"\r\n'
const MASK_PNG = Buffer.from(labelmeFile.shapes[3]!.mask!, 'base64')

/** Files of the other formats, one of them changed. */
const otherMakers: readonly Make[] = [
  (random) => {
    const { bytes, about } = mutateJson(labelmeFile, random)
    return { about: `LabelMe: ${about}`, source: 'l', files: shared({ 'l/a.json': bytes }) }
  },
  (random) => {
    const { bytes, about } = mutateText(VOC_XML, random)
    return { about: `VOC: ${about}`, source: 'l', files: shared({ 'l/a.xml': bytes }) }
  },
  (random) => {
    const { bytes, about } = mutateText(CSV_TABLE, random)
    return { about: `CSV: ${about}`, source: 't.csv', files: shared({ 't.csv': bytes }) }
  },
  (random) => {
    const { bytes, about } = mutateBytes(MASK_PNG, random)
    const files = { 'm/a.png': bytes, 'm/classes.txt': Buffer.from('_background_\ncat\n') }
    return { about: `mask: ${about}`, source: 'm', files: shared(files) }
  },
]

/** By format, each as often as the others; those of lines take turns with what lies beside them. */
const byFormat: readonly (readonly Make[])[] = [
  listMakers,
  ...[BOX_LINES, POLYGON_LINES, CORNER_LINES].map((lines) => [
    linesOf(lines),
    linesOf(lines),
    ...besideLines,
  ]),
  ...otherMakers.map((make) => [make]),
]

const imageOf = (id: number, path: string): ImageItem & { width: number; height: number } => ({
  id,
  path,
  bytes: 1,
  modifiedAt: 0,
  contentHash: null,
  width: 120,
  height: 80,
  orientation: 1,
  status: 'todo',
  problem: null,
  annotationCount: 0,
  proposedCount: 0,
  madeOn: null,
  bands: null,
  shownBands: null,
  stretch: null,
  side: null,
  flag: null,
  reviewed: null,
  tags: [],
})
const images = [imageOf(1, 'a.png'), imageOf(2, 'sub/b.png'), imageOf(3, '000000000003.jpg')]

const run = async (place: string, { source, names }: LabelCase, answers: Answers) => {
  const read = await answers.ask('labels', () =>
    readLabels(
      allFormats,
      { path: join(place, source), names: names === undefined ? undefined : join(place, names) },
      ['cat', 'dog'],
    ),
  )
  await answers.ask('first classes', () => firstLabels(place))
  if (read === null) return
  await answers.ask('plan', () => {
    const plan = planBoxes({ ...read, problems: [] }, images, new Set([1, 2, 3]), 0.25)
    const wanted = plan.images.map(({ imageId, boxes }) => wantedBoxes(boxes, images[imageId - 1]!, []))
    return { problems: [...plan.problems, ...wanted.flatMap(({ problems }) => problems)] }
  })
  await answers.ask('import', () => {
    const objects = read.images.flatMap((image) => image.objects)
    const fitted = objects.map((object) => fitObject(object, { width: 120, height: 80 }))
    return {
      problems: fitted.flatMap((one) => ('problem' in one ? [readProblem(null, one.problem)] : [])),
    }
  })
}

export const labels: Target<LabelCase> = {
  name: 'labels',
  kept: {
    'a line of a million numbers': () => ({
      about: 'one line',
      source: 'a.txt',
      files: shared({ 'a.txt': Buffer.from(`0 ${'0.5 '.repeat(1_000_000)}`) }),
    }),
    'JSON 100,000 deep': () => ({
      about: 'brackets',
      source: 'boxes.json',
      files: shared({ 'boxes.json': Buffer.from('['.repeat(100_000)) }),
    }),
    'YAML whose aliases grow tenfold': () => ({
      about: 'aliases',
      source: 'a.txt',
      names: 'data.yaml',
      files: shared({
        'a.txt': Buffer.from(BOX_LINES),
        'data.yaml': Buffer.from(
          [
            'a0: &a0 [x]',
            ...Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(10)}]`),
          ]
            .concat('names: *a12')
            .join('\n'),
        ),
      }),
    }),
    'half a megabyte that only begins as YAML': () => ({
      about: 'an error in each word',
      source: 'a.txt',
      names: 'data.yaml',
      files: shared({
        'a.txt': Buffer.from(BOX_LINES),
        'data.yaml': Buffer.from(`\n${"names: ['cat', dog] ".repeat(25_000)}`),
      }),
    }),
    'a table of 8,000 columns': () => ({
      about: 'many columns',
      source: 't.csv',
      files: shared({
        't.csv': Buffer.from(
          `${CSV_TABLE.slice(0, 60)}${',x'.repeat(8000)}\n${'a.png,120,80\n'.repeat(5000)}`,
        ),
      }),
    }),
    'a table of JSON in one line': () => ({
      about: 'quotes within a cell',
      source: 't.csv',
      files: shared({
        't.csv': Buffer.from(`${CSV_TABLE}${'{"a":'.repeat(200_000)}\n${'"a":{"b":1}\n'.repeat(3000)}`),
      }),
    }),
    'an outline in a table with a point at 1e300': () => ({
      about: 'a number',
      source: 't.csv',
      files: shared({ 't.csv': Buffer.from(CSV_TABLE.replace(/POLYGON \(\([\d.]+/, 'POLYGON ((1e300')) }),
    }),
    'an id of an image of 5,000 letters': () => ({
      about: 'a text',
      source: 'boxes.json',
      files: shared({
        'boxes.json': Buffer.from(
          JSON.stringify({
            ...instances,
            annotations: [{ ...instances.annotations[0], image_id: 'x'.repeat(5000) }],
          }),
        ),
      }),
    }),
    'an outline of 19,000 points that lie on each other': () => ({
      about: 'four points again and again',
      source: 'a.txt',
      files: shared({ 'a.txt': Buffer.from(`0 ${'0.1 0.1 0.4 0.1 0.4 0.5 0.1 0.5 '.repeat(4750)}`) }),
    }),
    'classes.txt of 10,000 names': () => ({
      about: 'many classes',
      source: 'a.txt',
      files: shared({
        'a.txt': Buffer.from(BOX_LINES),
        'classes.txt': Buffer.from(Array.from({ length: 10_000 }, (_, n) => `class ${n}`).join('\n')),
      }),
    }),
  },
  kinds: byFormat.length,
  make: (random) => random.pick(random.pick(byFormat))(random),
  mayChange: () => false,
  start: (place): Session<LabelCase> => ({
    run: (given, answers) => run(place.shared, given, answers),
    close: () => Promise.resolve(),
  }),
}
