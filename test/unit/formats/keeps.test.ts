/**
 * Generated projects out, into an empty project, and out again, in every format: each loses exactly what the table in
 * docs/formats.md says, and the second export is the first. The table is read from the page.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { formatList, formatOf } from '../../../common/formats.ts'
import { bboxOf } from '../../../common/geometry/measure.ts'
import type { Annotation } from '../../../common/model.ts'
import { newLabel } from '../../../common/new-label.ts'
import { imageRecordOf } from '../../../common/new-records.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { objectByHand } from '../../support/objects.ts'
import { openImportProject, type ImportProject } from '../import/project.ts'
import { maskOf } from './generated.ts'
import { classNames, project, type GeneratedImage } from './generated-project.ts'
import { identity, MAP, readTable, rowOf, rules } from './keeps.ts'

const table = readTable()

const imagesOf = async ({ client }: ImportProject) =>
  (await client.call('images.list', { offset: 0, limit: 9, filter: { text: '', show: 'all' } })).items

const fill = async (into: ImportProject, images: readonly GeneratedImage[]) => {
  const { labels } = await into.client.call('labels.list', {})
  const added = classNames.map((name, position) =>
    newLabel({ id: `l${position}`, name, color: '#336699', position }),
  )
  const items = new Map((await imagesOf(into)).map((item) => [item.path, item]))
  const objects = images.flatMap(({ path, objects: own }) =>
    own.map(({ label, shape, ...rest }, index) => {
      const imageId = items.get(path)!.id
      return objectByHand(`${imageId}-${index}`, shape, { imageId, labelId: `l${label}`, ...rest })
    }),
  )
  const updated = images.map(({ path, tags, flag }) => {
    const record = imageRecordOf(items.get(path)!)
    return [record, { ...record, status: 'done' as const, tags: [...tags], flag }] as [
      typeof record,
      typeof record,
    ]
  })
  await into.client.call('edit.commit', { diff: diffOf({ labels: { added, removed: labels } }) })
  await into.client.call('edit.commit', {
    diff: diffOf({ annotations: { added: objects }, images: { updated } }),
  })
}

const exportTo = async ({ client, top }: ImportProject, format: string, name: string, given: object) => {
  const out = join(top, name)
  const options = {
    ...Object.fromEntries(
      formatOf(format).options.flatMap(({ id }) =>
        id === 'attributes' || id === 'score' ? [[id, true]] : [],
      ),
    ),
    ...given,
  }
  const request = { format, out, copyImages: true, validation: 0.4, seed: 1, options }
  const { detail } = ensureDone(await runWork(client, 'export', request))
  expect(detail!.leftOut).toEqual([])
  return out
}

/** Parts that are joined to one ring may be joined at another point: of a line of YOLO its points are compared. */
const inOneOrder = (text: string) =>
  text.replace(/^(\d+) ((?:[\d.]+ [\d.]+ ?){5,})$/gm, (_, index: string, numbers: string) => {
    const points = numbers.match(/[\d.]+ [\d.]+/g) ?? []
    return [index, ...[...new Set(points)].sort()].join(' ')
  })

/** A box at the border of the image is cut where its last digit was rounded over it: such digits are none. */
const withoutLastDigit = (text: string) =>
  text.replace(/^\d+(?: [\d.]+){4}$/gm, (line) =>
    line
      .split(' ')
      .map((value, index) => (index === 0 ? value : Number(value).toFixed(5)))
      .join(' '),
  )

/** Everything but what tells of the export itself. Where the objects were made is told of imported ones as that. */
const filesOf = (out: string) =>
  Object.fromEntries(
    readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !['.maskwright-export', 'export-report.json'].includes(entry.name))
      .map((entry) => {
        const file = join(entry.parentPath, entry.name)
        const bytes = readFileSync(file)
        const isText = /\.(json|txt|xml|csv|yaml)$/.test(file)
        const text = isText ? bytes.toString() : createHash('sha1').update(bytes).digest('hex')
        return [
          file.slice(out.length + 1),
          withoutLastDigit(inOneOrder(text)).replaceAll(',hand,', ',import,'),
        ]
      }),
  )

const objectsOf = async (from: ImportProject) => {
  const { labels } = await from.client.call('labels.list', {})
  const nameOf = new Map(labels.map(({ id, name }) => [id, name]))
  const found = new Map<string, { image: GeneratedImage['path']; label: string; annotation: Annotation }[]>()
  for (const { id, path } of await imagesOf(from)) {
    const { annotations } = await from.client.call('images.open', { imageId: id })
    found.set(
      path,
      annotations.map((annotation) => ({ image: path, label: nameOf.get(annotation.labelId)!, annotation })),
    )
  }
  return found
}
type Read = NonNullable<ReturnType<Awaited<ReturnType<typeof objectsOf>>['get']>>

/** Each pixel is of an object that covers it, or of none where none does; what nothing lies on is whole. */
const expectMap = ({ path, size, objects }: GeneratedImage, read: Read) => {
  const stored = objects.map(({ label, shape }) => ({
    label: classNames[label]!,
    mask: maskOf(shape, size).data,
  }))
  const masks = read.flatMap(({ label, annotation: { shape } }) =>
    // Of an object that lies wholly under others VOC has the box alone.
    shape.type === 'rectangle' ? [] : [{ label, mask: maskOf(shape, size).data }],
  )
  const said = stored[0]?.mask.map((_, at) => {
    const mine = masks.filter(({ mask }) => mask[at] === 1)
    const possible = stored.filter(({ mask }) => mask[at] === 1).map(({ label }) => label)
    if (mine.length === 0) return possible.length === 0 ? 1 : 0
    return mine.length === 1 && possible.includes(mine[0]!.label) ? 1 : 0
  })
  expect(said?.filter((right) => right === 0).length ?? 0, path).toBe(0)
}

/** Objects of VOC are in their order, each with a box; one that is cut at the border is `truncated`. */
const expectExtrasOfBoxes = ({ objects, size: [width, height] }: GeneratedImage, read: Read) => {
  const stored = objects.map(({ shape, attributes, groupId, trackId }) => {
    const { x, y, width: wide, height: high } = bboxOf(shape)
    const isCut = x < 0 || y < 0 || x + wide > width || y + high > height
    return { attributes: isCut ? { truncated: true, ...attributes } : attributes, groupId, trackId }
  })
  expect(
    read.map(({ annotation: { attributes, groupId, trackId } }) => ({
      attributes: { ...attributes },
      groupId,
      trackId,
    })),
  ).toEqual(stored)
}

const expectObjects = (format: string, image: GeneratedImage, read: Read, isIdentity: boolean) => {
  const cells = table.get(format)!
  const ruleOf = (row: string) => {
    const rule = rules[row]?.[cells.get(row) ?? '']
    if (rule === undefined) throw new Error(`No rule for "${cells.get(row)}" (${format}, ${row}).`)
    return rule
  }
  const isMap = ['rectangle', 'rotated rectangle', 'polygon', 'several parts', 'holes']
    .map(ruleOf)
    .includes(MAP)
  if (isMap) {
    expectMap(image, read)
    if (cells.get('attributes, group, track') !== 'left out') expectExtrasOfBoxes(image, read)
    return
  }
  const outside = cells.get('what lies outside the image') ?? ''
  expect(read.map(({ label }) => label)).toEqual(image.objects.map(({ label }) => classNames[label]))
  for (const [index, { shape }] of image.objects.entries()) {
    const rule = isIdentity ? identity : ruleOf(rowOf(shape, image.size, outside))
    const back = read[index]!.annotation.shape
    const isKept = rule !== MAP && rule(shape, back, image.size)
    expect(isKept, `${image.path}: ${JSON.stringify(shape)} came back as ${JSON.stringify(back)}`).toBe(true)
  }
  for (const [index, { attributes, groupId, trackId, score }] of image.objects.entries()) {
    const { annotation } = read[index]!
    const isHeld = cells.get('attributes, group, track') !== 'left out'
    expect({ ...annotation.attributes }).toEqual(isHeld ? attributes : {})
    expect([annotation.groupId, annotation.trackId]).toEqual(isHeld ? [groupId, trackId] : [null, null])
    expect(annotation.score).toBe(cells.get('score') === 'left out' ? null : score)
  }
}

interface Case {
  readonly format: string
  readonly options?: object
  readonly isIdentity?: boolean
  /** Files whose numbers are of the objects as they were, where an import knows what is seen of them. */
  readonly others?: RegExp
}

const cases: readonly Case[] = [
  ...formatList.filter(({ id }) => !['voc', 'mask-png'].includes(id)).map(({ id }) => ({ format: id })),
  { format: 'coco', options: { shapes: 'rle' }, isIdentity: true },
  { format: 'voc', others: /^Annotations/ },
  { format: 'mask-png', options: { values: 'class' } },
  { format: 'mask-png', options: { values: 'object' } },
]

test('the page tells of every format', () => {
  expect([...table.keys()]).toEqual(formatList.map(({ id }) => id))
  expect(cases.map(({ format }) => format)).toEqual(expect.arrayContaining([...table.keys()]))
})

test.each(cases)(
  '$format $options: what the page says, and the same files again',
  { timeout: 120_000 },
  async (one) => {
    const { format, options = {}, isIdentity = false, others } = one
    await fc.assert(
      fc.asyncProperty(project, async (images) => {
        const photos = Object.fromEntries(images.map(({ path, bytes }) => [path, bytes]))
        const [first, second] = [await openImportProject(photos), await openImportProject(photos)]
        try {
          await fill(first, images)
          const out = await exportTo(first, format, 'one', options)
          const { report } = await second.take(out)
          expect({ leftOut: report.leftOut, problems: report.problems }).toEqual({ leftOut: 0, problems: [] })
          const read = await objectsOf(second)
          for (const image of images) expectObjects(format, image, read.get(image.path)!, isIdentity)
          const marksHeld = table.get(format)!.get('tags, flag, review of an image') !== 'left out'
          const emptyHeld = table.get(format)!.get('image without objects') !== 'listed'
          const items = new Map((await imagesOf(second)).map((item) => [item.path, item]))
          for (const { path, tags, flag, objects } of images) {
            const { tags: ownTags, flag: ownFlag, status } = items.get(path)!
            expect([ownTags, ownFlag], path).toEqual(marksHeld ? [tags, flag] : [[], null])
            if (objects.length === 0) expect(status, path).toBe(emptyHeld ? 'done' : 'todo')
          }
          const keep = (files: Readonly<Record<string, string>>) =>
            Object.fromEntries(Object.entries(files).filter(([name]) => others?.test(name) !== true))
          const again = await exportTo(second, format, 'two', options)
          expect(keep(filesOf(again))).toEqual(keep(filesOf(out)))
        } finally {
          await first.close()
          await second.close()
        }
      }),
      { numRuns: 2, seed: 14, endOnFailure: true },
    )
  },
)
