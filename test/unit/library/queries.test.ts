/** The language of the image list and its orders, asked of a real project with known contents. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ImageSort } from '../../../common/contract/images.ts'
import { diffOf } from '../../../common/diff.ts'
import { meaningOf, parseQuery, queryKeys } from '../../../common/image-query.ts'
import type { Annotation } from '../../../common/model.ts'
import { openProject, type Project } from '../../../core/project/project.ts'
import { pngOf } from '../export/folder.ts'
import { annotationOf, labelOf } from '../store/records.ts'

/** path, width, class and score of its objects, who labelled it. */
const images: readonly (readonly [string, number, readonly (readonly [string, number | null])[], string])[] =
  [
    ['a/IMG_1.png', 20, [['cat', 0.9]], 'anna'],
    [
      'a/IMG_2.png',
      20,
      [
        ['cat', 0.5],
        ['Hund', 0.95],
      ],
      'Ben',
    ],
    ['a/IMG_10.png', 40, [], 'anna'],
    ['b/my photo.png', 20, [['Hund', null]], 'anna'],
    ['b/100%_ü.png', 20, [], 'anna'],
    ['b/100x_u.png', 20, [], 'anna'],
  ]

const classOf = (id: string, position: number) => ({ ...labelOf(id, position), name: id })

let project: Project
let author = 'anna'

beforeAll(async () => {
  const top = mkdtempSync(join(tmpdir(), 'maskwright-test-'))
  const folder = join(top, 'photos')
  for (const [at, [path, width]] of images.entries()) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, pngOf(width, 10))
    utimesSync(file, 1_700_000_000 - at, 1_700_000_000 - at)
  }
  project = await openProject({
    folder,
    dataFolder: join(top, 'data'),
    version: '1',
    emit: () => undefined,
    author: () => author,
  })
  await project.scanned()
  const { store, editing, facts } = project
  editing.commit(diffOf({ labels: { added: [classOf('cat', 0), classOf('Hund', 1)] } }))
  for (const [path, , objects, by] of images) {
    const id = store.images.ids({ text: `"${path}"`, show: 'all' })[0]!
    await facts.refresh(id)
    author = by
    const added = objects.map(([labelId, score], at) => ({
      ...annotationOf(`${path} ${at}`),
      imageId: id,
      labelId,
      score,
      shape: { type: 'rectangle', x: 1, y: 1, width: 5, height: 5 } as const,
    }))
    if (added.length > 0) editing.commit(diffOf({ annotations: { added } }))
  }
  facts.store()
  author = 'Ben'
  const done = store.images.get(store.images.ids({ text: 'IMG_2', show: 'all' })[0]!)!
  const { id } = done
  editing.commit(
    diffOf({
      images: {
        updated: [
          [
            { id, status: 'todo', side: null, flag: null, reviewed: null, tags: [], stretch: null },
            { id, status: 'done', side: 'val', flag: null, reviewed: null, tags: [], stretch: null },
          ],
        ],
      },
    }),
  )
  return async () => {
    await project.close()
    rmSync(top, { recursive: true })
  }
})

/** The names that a query lists. */
const listed = (text: string, sort?: ImageSort) =>
  project.store.images
    .page({ text, show: 'all', ...(sort === undefined ? {} : { sort }) }, 0, 100)
    .map(({ path }) => path.slice(path.indexOf('/') + 1).replace('.png', ''))

describe('a query lists', () => {
  it.each([
    ['', ['IMG_1', 'IMG_2', 'IMG_10', '100%_ü', '100x_u', 'my photo']],
    ['img', ['IMG_1', 'IMG_2', 'IMG_10']],
    ['-img', ['100%_ü', '100x_u', 'my photo']],
    ['img 10', ['IMG_10']],
    ['"my photo"', ['my photo']],
    ['name:"my photo"', ['my photo']],
    ['name:IMG_1*', ['IMG_1', 'IMG_10']],
    ['name:*0.png', ['IMG_10']],
    // Neither % nor _ is a wildcard.
    ['name:100%*', ['100%_ü']],
    ['name:Ü', ['100%_ü']],
    ['name:a', []],
    ['folder:B', ['100%_ü', '100x_u', 'my photo']],
    ['folder:a class:cat', ['IMG_1', 'IMG_2']],
    ['class:CAT -class:hund', ['IMG_1']],
    ['class:*', ['IMG_1', 'IMG_2', 'my photo']],
    ['class:ca', []],
    ['objects:0', ['IMG_10', '100%_ü', '100x_u']],
    ['objects:>1', ['IMG_2']],
    ['objects:<=1 status:labelled', ['IMG_1', 'my photo']],
    ['score:<0.8', ['IMG_2']],
    ['score:<80%', ['IMG_2']],
    ['-score:>=0', ['IMG_10', '100%_ü', '100x_u', 'my photo']],
    ['size:>300', ['IMG_10']],
    ['size:<0.0003mp -img', ['100%_ü', '100x_u', 'my photo']],
    ['status:done', ['IMG_2']],
    ['status:working', ['IMG_1', 'my photo']],
    ['status:flagged', []],
    ['-status:reviewed img', ['IMG_1', 'IMG_2', 'IMG_10']],
    ['tag:night', []],
    ['-tag:night img', ['IMG_1', 'IMG_2', 'IMG_10']],
    ['status:unlabelled', ['IMG_10', '100%_ü', '100x_u']],
    ['split:val', ['IMG_2']],
    ['split:none folder:a', ['IMG_1', 'IMG_10']],
    ['by:ben', ['IMG_2']],
    ['by:anna', ['IMG_1', 'my photo']],
    ['changed:<1h', ['IMG_1', 'IMG_2', 'my photo']],
    ['changed:>1d', []],
    ["class:x' OR 1=1 --", []],
  ])('%s', (query, names) => expect(listed(query)).toEqual(names))
})

describe('an order', () => {
  it.each<[ImageSort['by'], string[]]>([
    ['name', ['IMG_1', 'IMG_2', 'IMG_10', '100%_ü', '100x_u', 'my photo']],
    ['date', ['100x_u', '100%_ü', 'my photo', 'IMG_10', 'IMG_2', 'IMG_1']],
    ['objects', ['IMG_10', '100%_ü', '100x_u', 'IMG_1', 'my photo', 'IMG_2']],
    ['score', ['IMG_2', 'IMG_1', 'IMG_10', '100%_ü', '100x_u', 'my photo']],
    // What is begun comes after what is not.
    ['status', ['IMG_10', '100%_ü', '100x_u', 'IMG_1', 'my photo', 'IMG_2']],
    ['split', ['IMG_2', 'IMG_1', 'IMG_10', '100%_ü', '100x_u', 'my photo']],
  ])('%s', (by, names) => {
    expect(listed('', { by, descending: false })).toEqual(names)
    const back = listed('', { by, descending: true })
    // What has no score, or no side, comes last in both directions.
    const has = { score: 2, split: 1 }[by as string]
    if (has !== undefined) expect(back.slice(0, has)).toEqual(names.slice(0, has).reverse())
    else expect(back).toEqual([...names].reverse())
  })

  it('an image is found at its place in each of them, and a hidden one where it would be', () => {
    const { images: table } = project.store
    for (const by of ['name', 'date', 'objects', 'score', 'change', 'status', 'split'] as const)
      for (const descending of [false, true]) {
        const filter = { text: '', show: 'all', sort: { by, descending } } as const
        const ids = table.ids(filter)
        expect(ids.map((id) => table.locate(id, filter))).toEqual(ids.map((_, at) => at))
        const hidden = { ...filter, text: '-name:IMG_10' }
        const id = table.ids({ text: 'IMG_10', show: 'all' })[0]!
        expect(table.locate(id, hidden)).toBeNull()
        expect(table.before(id, hidden)).toBe(ids.indexOf(id))
      }
  })

  it('the next one of a state is behind the place, or from the top again', () => {
    const { images: table } = project.store
    const filter = { text: '', show: 'all' } as const
    expect(table.next(-1, 'unlabelled', filter)).toBe(2)
    expect(table.next(2, 'unlabelled', filter)).toBe(3)
    expect(table.next(4, 'unlabelled', filter)).toBe(2)
    expect(table.next(0, 'done', { ...filter, text: '-img' })).toBeNull()
    const objects = { labelled: 3, unlabelled: 3, proposed: 0 }
    const said = { todo: 5, working: 2, done: 1, flagged: 0, reviewed: 0 }
    expect(table.counts()).toEqual({ all: 6, ...objects, ...said, problem: 0 })
  })
})

it('a list follows what is committed', () => {
  const { store, editing } = project
  expect(listed('class:cat')).toEqual(['IMG_1', 'IMG_2'])
  const id = store.images.ids({ text: 'IMG_10', show: 'all' })[0]!
  const added = { ...annotationOf('later'), imageId: id, labelId: 'cat' }
  editing.commit(
    diffOf({
      annotations: { added: [{ ...added, shape: { type: 'rectangle', x: 1, y: 1, width: 5, height: 5 } }] },
    }),
  )
  expect(listed('class:cat')).toEqual(['IMG_1', 'IMG_2', 'IMG_10'])
  editing.undo(id)
  expect(listed('class:cat')).toEqual(['IMG_1', 'IMG_2'])
})

describe('what is no query is said', () => {
  it.each([
    ['colour:red', 'There is no “colour:”; there are status, split,'],
    ['objects:many', '“objects:” wants something like objects:>20.'],
    ['status:gone', '“status:” wants something like status:todo.'],
    ['class:', '“class:” wants something like class:cat.'],
    ['changed:7', '“changed:” wants something like changed:<7d.'],
    ['a '.repeat(51), 'A filter has at most 50 words.'],
  ])('%s', (query, problem) => {
    expect(parseQuery(query)).toHaveProperty('problem')
    expect(() => listed(query)).toThrow(problem)
  })

  it('a colon within a name is one of the name, in quotes or behind what is no word', () => {
    expect(parseQuery('"img:1" 10:30')).toEqual({
      terms: [
        { condition: { key: 'path', text: 'img:1' }, negated: false },
        { condition: { key: 'path', text: '10:30' }, negated: false },
      ],
    })
  })

  it('docs/filter.md says what there is', () => {
    const rows = readFileSync(resolve(import.meta.dirname, '../../../docs/filter.md'), 'utf8').matchAll(
      /^\| `([^`]+)` +\| (.*?) +\|$/gm,
    )
    expect([...rows].map(([, word, note]) => [word, note])).toEqual(
      Object.entries(queryKeys).map(([key, { example }]) => [`${key}:${example}`, meaningOf(key)]),
    )
  })

  it('every example is what its key wants', () => {
    for (const { read, example } of Object.values(queryKeys)) expect(read(example)).not.toBeNull()
  })
})

it('attributes, groups and tracks are asked of accepted objects', () => {
  const { store, editing } = project
  const objectOn = (name: string, told: Partial<Annotation>) => ({
    ...annotationOf(`told ${name}`),
    imageId: store.images.ids({ text: `"${name}"`, show: 'all' })[0]!,
    shape: { type: 'rectangle', x: 1, y: 1, width: 5, height: 5 } as const,
    ...told,
  })
  const added = [
    objectOn('100x_u', { attributes: { occluded: true, colour: 'Dunkelrot' }, groupId: 3 }),
    objectOn('100%_ü', { attributes: { occluded: false, speed: 40 }, trackId: 7 }),
    objectOn('my photo', { attributes: { occluded: true }, groupId: 3, proposed: true }),
  ]
  editing.commit(diffOf({ annotations: { added } }))
  expect(listed('attr:occluded')).toEqual(['100%_ü', '100x_u'])
  expect(listed('attr:occluded=yes')).toEqual(['100x_u'])
  expect(listed('attr:colour=dunkel*')).toEqual(['100x_u'])
  expect(listed('attr:speed>=40')).toEqual(['100%_ü'])
  expect(listed('-attr:occluded=no folder:b')).toEqual(['100x_u', 'my photo'])
  expect(listed('group:3')).toEqual(['100x_u'])
  expect(listed('track:any')).toEqual(['100%_ü'])
  expect(listed('track:8')).toEqual([])
  editing.undo(added[0]!.imageId)
})
