/** Out of one project and into another: masks of VOC, and a project as it is. All formats: formats/keeps.test.ts. */
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { diffOf, statusDiff } from '../../../common/diff.ts'
import { rleOfShape } from '../../../common/geometry/rle.ts'
import type { Ring, Shape } from '../../../common/model.ts'
import { newLabel } from '../../../common/new-label.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { objectByHand } from '../../support/objects.ts'
import { openImportProject, type ImportProject } from './project.ts'

const projects: ImportProject[] = []
const open = async (images: Parameters<typeof openImportProject>[0]) => {
  const project = await openImportProject(images)
  projects.push(project)
  return project
}
afterEach(async () => {
  for (const project of projects.splice(0)) await project.close()
})

const square = (x: number, y: number, side: number): Ring => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]
const polygon = (...parts: { outer: Ring; holes?: Ring[] }[]): Shape => ({
  type: 'polygon',
  parts: parts.map(({ outer, holes = [] }) => ({ outer, holes })),
})

/** A rectangle, a triangle, an object with a hole, one of two parts; two classes and one that is not used. */
const shapes: readonly { label: number; shape: Shape }[] = [
  { label: 1, shape: { type: 'rectangle', x: 10, y: 20, width: 30, height: 16 } },
  {
    label: 0,
    shape: polygon({
      outer: [
        [60.25, 5],
        [90, 40.5],
        [50, 42],
      ],
    }),
  },
  { label: 1, shape: polygon({ outer: square(2, 44, 30), holes: [square(10, 50, 8)] }) },
  { label: 2, shape: polygon({ outer: square(60, 50, 10) }, { outer: square(80, 60, 12) }) },
]
const images = { 'a.png': [100, 80], 'sub/b ü#.png': [120, 90], 'sub/c.png': [64, 48] } as const

const fill = async ({ client }: ImportProject) => {
  const { labels } = await client.call('labels.list', {})
  const names = ['cat', 'R&D "dog"', '猫', 'unused']
  const added = names.map((name, position) =>
    newLabel({ id: `l${position}`, name, color: '#336699', position }),
  )
  await client.call('edit.commit', { diff: diffOf({ labels: { added, removed: labels } }) })
  const { items } = await client.call('images.list', {
    offset: 0,
    limit: 9,
    filter: { text: '', show: 'all' },
  })
  const made = items.slice(0, 2).flatMap(({ id: imageId }) =>
    shapes.map(({ label, shape }, index) =>
      objectByHand(`${imageId}-${index}`, shape, {
        imageId,
        labelId: `l${label}`,
        createdAt: 1,
        updatedAt: 1,
      }),
    ),
  )
  await client.call('edit.commit', { diff: diffOf({ annotations: { added: made } }) })
  await client.call('edit.commit', {
    diff: statusDiff(items[2]!, 'done'),
  })
}

const exportTo = async ({ client, top }: ImportProject, format: string, name: string) => {
  const out = join(top, name)
  const request = { format, out, copyImages: true, validation: 0.4, seed: 1 }
  ensureDone(await runWork(client, 'export', request))
  return { out }
}

const masksOf = async (project: ImportProject) =>
  Object.fromEntries(
    Object.entries(await project.objects()).map(([path, objects]) => [
      path,
      objects
        .map(({ label, shape }) => `${label} ${JSON.stringify(rleOfShape(shape, 120, 90).counts)}`)
        .sort(),
    ]),
  )

test('masks of VOC come back to the pixel where none lies under another', async () => {
  const first = await open(images)
  await fill(first)
  const out = await exportTo(first, 'voc', 'one')
  const second = await open(images)
  await second.take(out.out)
  const [before, after] = [await masksOf(first), await masksOf(second)]
  // Those that are hidden in part are what is seen of them; the smallest lie on top and are whole.
  const whole = Object.entries(before).flatMap(([path, masks]) =>
    masks.filter((mask) => after[path]!.includes(mask)),
  )
  expect(Object.values(after).map((masks) => masks.length)).toEqual(
    Object.values(before).map((masks) => masks.length),
  )
  expect(whole.length).toBeGreaterThan(0)
  const shapes = Object.values(await second.objects()).flatMap((objects) =>
    objects.map(({ shape }) => shape.type),
  )
  expect(new Set(shapes)).toEqual(new Set(['polygon']))
})

test('a project of another folder comes over as it is, and the open one is no source', async () => {
  const first = await open(images)
  await fill(first)
  const stored = await first.objects()
  const second = await open(images)
  expect((await second.take(first.folder)).report).toMatchObject({
    format: 'Maskwright project',
    added: 8,
    markedDone: 1,
    leftOut: 0,
  })
  expect(await second.objects()).toEqual(stored)
  await expect(second.take(second.folder)).rejects.toThrow('no label files')
  await expect(second.take(second.folder, { as: 'maskwright' })).rejects.toThrow(
    'is the project that is open',
  )
})
