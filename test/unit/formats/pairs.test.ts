/**
 * From every format to every format, as `maskwright convert` does it: an import and an export. Each pair keeps classes,
 * number and places of the objects, and no problem is told that is none. What one format alone loses is in keeps.test.ts.
 */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { diffOf, statusDiff } from '../../../common/diff.ts'
import { formatList } from '../../../common/formats.ts'
import { bboxOf } from '../../../common/geometry/measure.ts'
import type { Ring, Shape } from '../../../common/model.ts'
import { newLabel } from '../../../common/new-label.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { openImportProject, type ImportProject } from '../import/project.ts'
import { objectByHand } from '../../support/objects.ts'

const photos = { 'a.png': [160, 120], 'sub/b c.png': [120, 160] } as const

/** Longer than high, so that the smallest rectangle around it is its box in every format. */
const octagon = (x: number, y: number): Shape => {
  const outer: Ring = [
    [x + 10, y],
    [x + 40, y],
    [x + 50, y + 8],
    [x + 50, y + 16],
    [x + 40, y + 24],
    [x + 10, y + 24],
    [x, y + 16],
    [x, y + 8],
  ]
  return { type: 'polygon', parts: [{ outer, holes: [] }] }
}
const rectangle = (x: number, y: number): Shape => ({ type: 'rectangle', x, y, width: 30, height: 20 })

/** None lies on another, and those of one class do not touch: a map of classes keeps them apart. */
const objects = [
  ['a.png', 'cat', rectangle(10, 10)],
  ['a.png', 'cat', octagon(60, 20)],
  ['a.png', 'dog house', octagon(20, 70)],
  ['sub/b c.png', 'dog house', rectangle(80, 120)],
  ['sub/b c.png', 'cat', octagon(5, 40)],
] as const

const open = async (): Promise<ImportProject> => {
  const project = await openImportProject(photos)
  onTestFinished(() => project.close())
  return project
}

const fill = async ({ client }: ImportProject) => {
  const names = ['cat', 'dog house', 'never used']
  const { items } = await client.call('images.list', {
    offset: 0,
    limit: 9,
    filter: { text: '', show: 'all' },
  })
  const { labels: first } = await client.call('labels.list', {})
  const diff = diffOf({
    labels: {
      removed: first,
      added: names.map((name, position) => newLabel({ id: name, name, color: '#336699', position })),
    },
    annotations: {
      added: objects.map(([path, labelId, shape], index) => {
        const imageId = items.find((item) => item.path === path)!.id
        return objectByHand(`object-${index}`, shape, { imageId, labelId })
      }),
    },
  })
  await client.call('edit.commit', { diff })
  for (const item of items) await client.call('edit.commit', { diff: statusDiff(item, 'done') })
}

const exportTo = async ({ client }: ImportProject, out: string, format: string) => {
  const request = { format, out, copyImages: false, validation: 0, seed: 1 }
  const { detail } = ensureDone(await runWork(client, 'export', request))
  expect({ format, leftOut: detail!.leftOut }).toEqual({ format, leftOut: [] })
  return out
}

/** Class and box of each object, whole pixels, in an order of their own. */
const told = (found: Awaited<ReturnType<ImportProject['objects']>>) =>
  Object.fromEntries(
    Object.entries(found).map(([path, list]) => [
      path,
      list
        .map(({ label, shape }) => {
          const { x, y, width, height } = bboxOf(shape)
          return [label, ...[x, y, x + width, y + height].map(Math.round)].join(' ')
        })
        .sort(),
    ]),
  )

test.each(formatList.map(({ id }) => id))('%s to every format', { timeout: 120_000 }, async (from) => {
  const source = await open()
  await fill(source)
  const all = told(await source.objects())
  const read = await open()
  const { report, leftOut } = await read.take(await exportTo(source, join(source.top, from), from))
  expect({ leftOut, added: report.added }).toEqual({ leftOut: [], added: objects.length })
  expect(told(await read.objects())).toEqual(all)
  for (const { id: to } of formatList) {
    const out = await exportTo(read, join(read.top, `to-${to}`), to)
    const back = await read.look(out)
    expect({ to, problems: back.problems, leftOut: back.leftOut, unmatched: back.unmatched }).toEqual({
      to,
      problems: [],
      leftOut: 0,
      unmatched: 0,
    })
    expect({ to, objects: back.added + back.already }).toEqual({ to, objects: objects.length })
    expect(
      back.classes.filter(({ objects: count }) => count > 0).map(({ name, objects: count }) => [name, count]),
    ).toEqual([
      ['cat', 3],
      ['dog house', 2],
    ])
  }
})
