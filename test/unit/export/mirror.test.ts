/** LabelMe files beside the photos: on request, and kept in step. Whose file it is decides what may be written. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import type { MirrorState } from '../../../common/contract/mirror.ts'
import { diffOf } from '../../../common/diff.ts'
import type { Annotation, Label } from '../../../common/model.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { objectByHand } from '../../support/objects.ts'
import { openImportProject, type ImportProject } from '../import/project.ts'
import { disc, rectangle } from './shapes.ts'
import { openCore } from '../../support/open-core.ts'

/** Files are written some time after the commit. */
const soon = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 15_000 })

const made: ImportProject[] = []
afterEach(() => Promise.all(made.splice(0).map((project) => project.close())))

interface Labelme {
  readonly imagePath: string
  readonly shapes: readonly { label: string; shape_type: string; points: readonly (readonly number[])[] }[]
}

const photos = { 'a.png': [120, 80], 'b.png': [120, 80], 'sub/c.png': [120, 80] } as const

const open = async () => {
  const project = await openImportProject(photos)
  made.push(project)
  const { client, folder } = project
  const { labels } = await client.call('labels.list', {})
  const label = labels[0]!
  let mirror: MirrorState = await client.call('mirror.get', {})
  client.on('mirror.changed', (changed) => (mirror = changed.mirror))
  const idle = () => soon(() => mirror.waiting).toBe(0)
  return {
    ...project,
    label,
    state: () => mirror,
    /** All that waits is written. */
    idle,
    turn: async (format: string | null, takeOver?: boolean) => {
      mirror = await client.call('mirror.set', { format, ...(takeOver === undefined ? {} : { takeOver }) })
      await idle()
    },
    commit: async (change: Parameters<typeof diffOf>[0]) => {
      await client.call('edit.commit', { diff: diffOf(change) })
      await soon(() => mirror.waiting).toBe(0)
    },
    file: (name: string) => join(folder, name),
    read: (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Labelme,
    object: (id: string, imageId: number, shape: Annotation['shape'] = disc) =>
      objectByHand(id, shape, { imageId, labelId: label.id }),
  }
}

/** What the mirror says after a commit comes some time later: the file is what counts. */
const shapesIn = (read: (name: string) => Labelme, name: string) => () => {
  try {
    return read(name).shapes.map(({ label, shape_type: type }) => `${label} ${type}`)
  } catch {
    return null
  }
}

describe('the mirror', () => {
  it('writes each commit, follows undo, a new name of a class and a deletion, and leaves no draft', async () => {
    const { client, commit, object, read, label, turn, file, folder } = await open()
    await turn('labelme')
    expect(existsSync(file('a.json'))).toBe(false)
    const box = object('one', 1, rectangle(10, 10, 20, 20))
    await commit({ annotations: { added: [box, object('two', 3)] } })
    await soon(shapesIn(read, 'a.json')).toEqual(['object rectangle'])
    await soon(shapesIn(read, 'sub/c.json')).toEqual(['object polygon'])
    expect(read('sub/c.json').imagePath).toBe('c.png')
    expect(read('a.json').shapes[0]!.points).toEqual([
      [10, 10],
      [30, 30],
    ])
    const renamed: Label = { ...label, name: 'cat' }
    await commit({ labels: { updated: [[label, renamed]] } })
    await soon(shapesIn(read, 'a.json')).toEqual(['cat rectangle'])
    await soon(shapesIn(read, 'sub/c.json')).toEqual(['cat polygon'])
    await commit({ annotations: { removed: [box] } })
    await soon(() => existsSync(file('a.json'))).toBe(false)
    await client.call('edit.undo', { imageId: 1 })
    await soon(shapesIn(read, 'a.json')).toEqual(['cat rectangle'])
    const drafts = () => readdirSync(join(folder, '.maskwright')).filter((name) => name.startsWith('beside-'))
    await soon(drafts).toEqual([])
    await turn(null)
    await commit({ annotations: { removed: [box] } })
    expect(existsSync(file('a.json'))).toBe(true)
  })

  it('leaves what is not ours, says so, and takes it over when asked, keeping it', async () => {
    const { commit, object, read, turn, file, state, folder } = await open()
    const foreign = JSON.stringify({ shapes: [{ label: 'tree', points: [] }], imagePath: 'a.png' })
    writeFileSync(file('a.json'), foreign)
    await turn('labelme')
    await commit({ annotations: { added: [object('one', 1), object('two', 2)] } })
    await soon(shapesIn(read, 'b.json')).toEqual(['object polygon'])
    await soon(() => state().leftCount).toBe(1)
    expect(state().left[0]).toMatchObject({
      image: 'a.png',
      message: 'a.json is not of this project. It is left as it is.',
    })
    expect(readFileSync(file('a.json'), 'utf8')).toBe(foreign)

    // Another program saves ours, with a shape more: labelme keeps fields that it does not know.
    const ours = read('b.json')
    const changed = JSON.stringify({ ...ours, shapes: [...ours.shapes, { label: 'new' }] })
    writeFileSync(file('b.json'), changed)
    await commit({ annotations: { added: [object('three', 2, rectangle(1, 1, 5, 5))] } })
    await soon(() => state().foreign).toBe(2)
    expect(readFileSync(file('b.json'), 'utf8')).toBe(changed)
    expect(state().left.map(({ message }) => message)).toContain(
      'b.json was changed by another program since. It is left as it is.',
    )

    await turn('labelme', true)
    await soon(shapesIn(read, 'a.json')).toEqual(['object polygon'])
    await soon(shapesIn(read, 'b.json')).toEqual(['object polygon', 'object rectangle'])
    expect(state()).toMatchObject({ leftCount: 0, foreign: 0 })
    expect(readFileSync(join(folder, '.maskwright/replaced/a.json'), 'utf8')).toBe(foreign)
    expect(readFileSync(join(folder, '.maskwright/replaced/b.json'), 'utf8')).toBe(changed)
  })

  it('takes line ends that Git has changed for no change, and a file of another project for foreign', async () => {
    const { commit, object, read, turn, file, state } = await open()
    await turn('labelme')
    await commit({ annotations: { added: [object('one', 1)] } })
    await soon(shapesIn(read, 'a.json')).toEqual(['object polygon'])
    writeFileSync(file('a.json'), readFileSync(file('a.json'), 'utf8').replaceAll('\n', '\r\n'))
    await commit({ annotations: { added: [object('two', 1, rectangle(1, 1, 9, 9))] } })
    await soon(shapesIn(read, 'a.json')).toEqual(['object polygon', 'object rectangle'])
    const text = readFileSync(file('a.json'), 'utf8')
    const other = text.replace(/"project": "[^"]+"/, '"project": "somebody"')
    writeFileSync(file('a.json'), other)
    await commit({ annotations: { added: [object('three', 1, rectangle(2, 2, 9, 9))] } })
    await soon(() => state().leftCount).toBe(1)
    expect(readFileSync(file('a.json'), 'utf8')).toBe(other)
  })

  it('follows no link, and writes no file that two photos would share', async () => {
    const { commit, object, turn, file, state, top, folder, write } = await open()
    const outside = join(top, 'outside.json')
    writeFileSync(outside, '{}')
    symlinkSync(outside, file('a.json'))
    await turn('labelme')
    await commit({ annotations: { added: [object('one', 1)] } })
    await soon(() =>
      state()
        .left.map(({ message }) => message)
        .join(),
    ).toContain('There is a link')
    expect(readFileSync(outside, 'utf8')).toBe('{}')
    expect(state().foreign).toBe(0)
    rmSync(file('a.json'))
    await turn('labelme')
    expect(existsSync(file('a.json'))).toBe(true)
    // a.jpg would have a.json, too.
    write('photos/a.jpg', readFileSync(file('a.png')))
    const { client } = made[0]!
    await client.call('project.open', { folder })
    const { items } = await client.call('images.list', {
      offset: 0,
      limit: 10,
      filter: { text: '', show: 'all' },
    })
    const twin = items.find(({ path }) => path === 'a.jpg')!
    const before = readFileSync(file('a.json'), 'utf8')
    await client.call('edit.commit', {
      diff: diffOf({ annotations: { added: [object('twin', twin.id)] } }),
    })
    await soon(async () =>
      (await client.call('mirror.get', {})).left.map(({ message }) => message).join(),
    ).toContain('two photos would need the same file')
    expect(readFileSync(file('a.json'), 'utf8')).toBe(before)
  })

  it('says why nothing can be written, and writes it when it can', async () => {
    const { commit, object, read, turn, state, file, folder } = await open()
    await turn('labelme')
    // No folder can be made where a file lies.
    const own = join(folder, 'sub/c.json')
    mkdirSync(own)
    await commit({ annotations: { added: [object('one', 3), object('two', 2)] } })
    await soon(() => state().left.map(({ message }) => message)).toEqual(['c.json is no file.'])
    await soon(shapesIn(read, 'b.json')).toEqual(['object polygon'])
    rmSync(own, { recursive: true })
    await turn('labelme')
    await soon(shapesIn(read, 'sub/c.json')).toEqual(['object polygon'])
    expect(state()).toMatchObject({ leftCount: 0, failure: null })
    expect(existsSync(file('c.json'))).toBe(false)
  })
})

describe('an export beside the photos', () => {
  it('writes once, leaves what is not ours with a line in the report, and changes no photo', async () => {
    const { client, folder, commit, object, read, file } = await open()
    writeFileSync(file('b.json'), '{"shapes": []}')
    const photo = readFileSync(file('a.png'))
    await commit({ annotations: { added: [object('one', 1), object('two', 2)] } })
    const request = {
      format: 'labelme',
      out: folder,
      beside: true,
      copyImages: false,
      validation: 0,
      seed: 0,
    }
    const report = ensureDone(await runWork(client, 'export', request)).detail!
    expect(report).toMatchObject({ images: 1, annotations: 1, files: ['a.json'], out: folder })
    expect(report.leftOut).toContainEqual({
      image: 'b.png',
      annotationId: null,
      message: 'b.json is not of this project. It is left as it is.',
    })
    expect(shapesIn(read, 'a.json')()).toEqual(['object polygon'])
    expect(readFileSync(file('b.json'), 'utf8')).toBe('{"shapes": []}')
    expect(readFileSync(file('a.png')).equals(photo)).toBe(true)
    await expect(runWork(client, 'export', { ...request, format: 'coco' })).rejects.toMatchObject({
      code: 'bad-input',
    })
    // What was written can be read as any labels.
    const back = await made[0]!.look(folder, { as: 'labelme' })
    expect(back.already).toBe(1)
  })
})

it('a project that asks for it has nothing written on another machine before somebody turns it on there', async () => {
  const { client: mine, turn, commit, object, read, file, folder, top } = await open()
  await turn('labelme')
  await commit({ annotations: { added: [object('one', 1)] } })
  await soon(shapesIn(read, 'a.json')).toEqual(['object polygon'])
  mkdirSync(join(top, 'elsewhere'))
  await mine.call('project.open', { folder: join(top, 'elsewhere') })
  rmSync(file('a.json'))
  const { core: other, client } = openCore(join(top, 'another-machine'))
  onTestFinished(() => other.close())
  await client.call('project.open', { folder })
  expect(await client.call('mirror.get', {})).toMatchObject({ format: null, isAsked: true, waiting: 0 })
  await client.call('edit.commit', { diff: diffOf({ annotations: { added: [object('two', 2)] } }) })
  // Longer than it waits for more commits.
  await setTimeout(1000)
  expect([existsSync(file('a.json')), existsSync(file('b.json'))]).toEqual([false, false])
  const set = await client.call('mirror.set', { format: 'labelme' })
  expect(set).toMatchObject({ format: 'labelme', isAsked: false })
  await soon(shapesIn(read, 'a.json')).toEqual(['object polygon'])
  await soon(shapesIn(read, 'b.json')).toEqual(['object polygon'])
})

it('after a kill, the next opening brings every file in step, and none is taken for another program’s', async () => {
  const project = await openImportProject(photos)
  made.push(project)
  const { client, folder, top } = project
  await client.call('project.open', { folder })
  for (const after of [5, 60, 130]) {
    const child = spawn(process.execPath, [
      join(import.meta.dirname, 'mirror-loop.ts'),
      folder,
      join(top, 'data'),
    ])
    await new Promise<void>((resolve) => {
      child.stdout.once('data', () => void setTimeout(after * 10).then(() => child.kill('SIGKILL')))
      child.once('close', () => resolve())
    })
  }
  await client.call('project.open', { folder })
  const stored = Object.entries(await project.objects())
  expect(stored.length).toBe(3)
  for (const [path, objects] of stored) {
    const file = join(folder, path.replace(/\.png$/, '.json'))
    await soon(() =>
      existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Labelme).shapes.length : 0,
    ).toBe(objects.length)
  }
  const { left } = await client.call('mirror.get', {})
  expect(left).toEqual([])
}, 60_000)
