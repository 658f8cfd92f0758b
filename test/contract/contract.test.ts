/** Every call of the contract over every transport: answered in its schema, or refused with the right code. */
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calls, events, type AppEvent, type CallInput, type CallName } from '../../common/contract.ts'
import { diffOf, statusDiff } from '../../common/diff.ts'
import { keptMaskOf } from '../../common/kept-mask.ts'
import type { Annotation } from '../../common/model.ts'
import { newObject } from '../../common/new-records.ts'
import type { Client } from '../../common/rpc.ts'
import { ensureDone, runWork } from '../../common/work-client.ts'
import { openStore } from '../../core/store/store.ts'
import { openBench, root } from './bench.ts'
import { ofNothing, withoutProject } from './call-kinds.ts'
import { transports, type Connection } from './transports.ts'

const names = Object.keys(calls) as CallName[]
const all = { text: '', show: 'all' } as const
const gallery = { labelId: 'cat', filter: all, sort: { by: 'place', descending: false } } as const

describe.each(transports)('the contract over $name', ({ connect }) => {
  let folder: string
  let connection: Connection
  let client: Client
  let heard: AppEvent[]
  let close: () => Promise<void>

  beforeAll(async () => {
    ;({ folder, connection, client, heard, close } = await openBench(connect))
  })
  afterAll(() => close())

  /** A valid input of every call; typed, so that a new call does not compile without one. */
  const inputs = (): { [N in CallName]: CallInput<N> } => ({
    'app.info': {},
    'app.updates': {},
    'settings.get': {},
    'settings.set': { theme: 'dark' },
    'memory.recall': {},
    'memory.keep': { entries: [{ key: 'look', value: '{}' }] },
    'folders.choose': { title: 'Open' },
    'files.choose': { title: 'Open', kind: 'Boxes', extensions: ['json'] },
    'folders.list': { folder: dirname(folder) },
    'film.tool': {},
    'film.look': { film: '/no/such/film.mp4' },
    'film.place': { film: '/no/such/film.mp4', folder: dirname(folder) },
    'folders.reveal': { folder },
    'project.open': { folder },
    'project.repair': { folder: join(dirname(folder), 'damaged'), from: 'new' },
    'project.current': {},
    'project.recent': {},
    'project.sample': {},
    'project.rescue': { to: 'back' },
    'images.list': { offset: 0, limit: 100, filter: all },
    'images.locate': { imageId: 2, filter: all },
    'images.next': { after: -1, state: 'unlabelled', filter: all },
    'images.counts': {},
    'images.tags': {},
    'images.open': { imageId: 1 },
    'images.settle': { imageId: 1, how: 'keep' },
    'gallery.outlines': { imageIds: [1, 2] },
    'gallery.list': { ...gallery, offset: 0, limit: 10 },
    'gallery.ids': { ...gallery, offset: 0, limit: 10 },
    'gallery.crops': { imageId: 1, windows: [{ x: 0, y: 0, side: 32 }] },
    'gallery.setClass': { ids: ['nobody'], labelId: 'nobody' },
    'gallery.remove': { ids: ['nobody'] },
    'labels.list': {},
    'labels.listed': {},
    'labels.usage': { labelId: 'nobody' },
    'labels.describe': {
      labelId: 'nobody',
      said: { key: null, supercategory: null, description: null, attributes: [] },
      renamed: [],
    },
    'labels.delete': { labelId: 'nobody' },
    'masks.get': { ids: ['nobody'] },
    'masks.size': {},
    'damaged.list': { imageId: 1 },
    'damaged.delete': { imageId: 1, sequence: 1 },
    'damaged.restore': { imageId: 1, sequence: 1 },
    'edit.commit': { diff: diffOf({}) },
    'edit.undo': { imageId: 1 },
    'edit.redo': { imageId: null },
    'edit.undoRun': { run: 'nobody' },
    'edit.redoRun': { run: 'nobody' },
    'edit.runs': {},
    'images.authors': { imageId: 1 },
    'images.countChanged': {},
    'images.tones': { imageId: 1 },
    'images.showBands': { bands: 5, shown: [4, 3, 2] },
    'detect.look': { detector: { path: '/no/such/model.onnx' } },
    'detect.try': { detector: { path: '/no/such/model.onnx' }, imageId: 999, minScore: 0.5 },
    'boxes.look': { source: { path: '/no/such/boxes' }, scope: { kind: 'project' } },
    'edit.history': { imageId: 1 },
    'edit.steps': { imageId: 1, limit: 10 },
    'inference.focus': { imageId: 1, ahead: [2] },
    'inference.status': {},
    'inference.segment': {
      imageId: 1,
      revision: 7,
      prompts: [{ type: 'point', x: 220, y: 100, positive: true }],
      maskInput: null,
      crop: null,
      zoom: false,
      purpose: 'prompt',
      quality: 'fast',
    },
    'inference.alternatives': { imageId: 1, revision: 7, purpose: 'prompt' },
    'models.available': {},
    'models.remove': { id: 'hwc-1' },
    'providers.measured': {},
    'server.try': { url: 'no address', model: '' },
    'work.start': { kind: 'everything', request: { imageId: 1, pointsPerSide: 2, budgetMs: 1 } },
    'work.pause': { id: 'nothing' },
    'work.resume': { id: 'nothing' },
    'work.cancel': { id: 'nothing' },
    'import.offer': {},
    'mirror.get': {},
    'mirror.set': { format: null },
    'work.list': {},
    'statistics.read': {},
    'tasks.open': { from: 'project', person: 'nobody' },
    'tasks.close': {},
    'tasks.list': {},
    'labels.readList': { name: 'classes.txt', text: 'cat' },
    'labels.writeList': { kind: 'txt' },
    'labels.merge': { from: 'a', into: 'b', remove: true },
  })
  const request = (name: CallName) => connection.transport.request(name, inputs()[name])
  const refused = (code: string) => ({
    ok: false,
    error: { code, message: expect.stringMatching(/\S/) as string },
  })

  test.each(['no.such', '', 'toString', '__proto__', 'constructor', null, 5, undefined, ['app.info']])(
    'the unknown call %j is refused',
    async (name) => {
      expect(await connection.transport.request(name as CallName, {})).toEqual(refused('unknown-call'))
    },
  )

  test.each(names)('%s refuses bad input', async (name) => {
    for (const input of [null, 'text', 5, [1]])
      expect(await connection.transport.request(name, input), JSON.stringify(input)).toEqual(
        refused('bad-input'),
      )
    for (const key of Object.keys(inputs()[name])) {
      const bad = name === 'edit.commit' ? { labels: 1 } : { not: 'this' }
      const sendable = { ...inputs()[name], [key]: bad }
      const answer = await connection.transport.request(name, sendable)
      expect(answer, key).toEqual(refused('bad-input'))
      expect(JSON.stringify(answer), 'not the words of the schema library').not.toMatch(/Invalid|expected/)
    }
  })

  test.each(names.filter((name) => !withoutProject.includes(name)))(
    '%s needs an open project',
    async (name) => {
      expect(await request(name)).toEqual(refused('no-project'))
    },
  )

  test('a folder that is not there is not opened, and no project is open', async () => {
    expect(await connection.transport.request('project.open', { folder: join(folder, 'nowhere') })).toEqual(
      refused('not-found'),
    )
    expect(await client.call('project.current', {})).toEqual({ project: null })
  })

  test('a model is installed from a folder', async () => {
    const model = join(root, 'test/fixtures/models/hwc-1')
    const end = ensureDone(await runWork(client, 'model-install', { from: 'folder', folder: model }))
    expect(end).toMatchObject({ detail: { asked: null, installed: 'hwc-1' } })
    await expect
      .poll(() => heard.findLast(({ name }) => name === 'models.changed'))
      .toMatchObject({ payload: { models: { installed: [{ id: 'mobile-sam' }, {}, { id: 'hwc-1' }] } } })
  })

  test('opening answers with the project and tells of it', async () => {
    const project = await client.call('project.open', { folder })
    expect(project).toMatchObject({ folder, name: basename(folder), notice: null, imageCount: 7 })
    await expect.poll(() => heard.filter(({ name }) => name === 'project.changed')).toHaveLength(1)
    expect(await client.call('project.recent', {})).toEqual({
      recent: [{ folder, name: basename(folder), isThere: true }],
      notOpened: null,
    })
  })

  test.each(names.filter((name) => !ofNothing.includes(name)))(
    '%s is answered in its schema',
    async (name) => {
      const reply = await request(name)
      expect(reply).toMatchObject({ ok: true })
      calls[name].output.parse(reply.ok ? reply.output : null)
    },
    60_000,
  )

  test.each<[CallName, object]>([
    ['images.open', { imageId: 999 }],
    ['images.settle', { imageId: 999, how: 'keep' }],
    ['labels.usage', { labelId: 'nobody' }],
    ['labels.delete', { labelId: 'nobody' }],
    ['labels.merge', { from: 'nobody', into: 'nowhere', remove: true }],
    ['damaged.delete', { imageId: 1, sequence: 1 }],
    ['damaged.restore', { imageId: 1, sequence: 1 }],
    ['boxes.look', { source: { path: '/no/such/boxes' }, scope: { kind: 'project' } }],
    ['inference.focus', { imageId: 999, ahead: [] }],
    ['folders.list', { folder: '/no/such/folder' }],
    ['film.look', { film: '/no/such/film.mp4' }],
  ])('%s of what does not exist is refused', async (name, input) => {
    expect(await connection.transport.request(name, input)).toEqual(refused('not-found'))
  })

  test('a photo that has not changed under its objects has nothing to settle', async () => {
    expect(await request('images.settle')).toEqual(refused('conflict'))
  })

  test('a broken image is a problem of that image, and can’t be segmented', async () => {
    const { items } = await client.call('images.list', {
      offset: 0,
      limit: 9,
      filter: { ...all, text: 'broken' },
    })
    const { id } = items[0]!
    const { image } = await client.call('images.open', { imageId: id })
    expect(image).toMatchObject({ width: null, problem: expect.stringMatching(/not an image/) as string })
    const segment = { ...inputs()['inference.segment'], imageId: id }
    expect(await connection.transport.request('inference.segment', segment)).toEqual(
      refused('image-unreadable'),
    )
  })

  test('a mask that stays with an object crosses, there and back', async () => {
    const logits = Float32Array.from(
      { length: 256 * 256 },
      (_, i) => 20 - Math.hypot((i % 256) - 90, i / 256 - 80),
    )
    const frame = { imageWidth: 512, imageHeight: 512, crop: { x: 0, y: 0, width: 512, height: 512 } }
    const mask = keptMaskOf('kept', logits, frame, { minArea: 16, minShare: 0.01 })
    await client.call('edit.commit', { diff: statusDiff({ id: 1, status: 'todo' }, 'done'), masks: [mask] })
    const { masks } = await client.call('masks.get', { ids: ['nobody', 'kept'] })
    expect(masks.map(({ cells, ...facts }) => ({ ...facts, cells: [...cells] }))).toEqual([
      { ...mask, cells: [...mask.cells] },
    ])
    expect(await client.call('masks.size', {})).toMatchObject({ masks: 1 })
    await client.call('edit.undo', { imageId: 1 })
  })

  test('masks cross as typed arrays, there and back', async () => {
    const ask = inputs()['inference.segment']
    const first = await client.call('inference.segment', ask)
    expect(first).toMatchObject({ imageId: 1, revision: 7, width: 512, height: 512 })
    const { candidates } = await client.call('inference.alternatives', inputs()['inference.alternatives'])
    expect([...first.candidates, ...candidates].map(({ index, logits }) => [index, logits.length])).toEqual(
      [0, 1, 2, 3].map((index) => [index, 65536]),
    )
    expect(first.more).toBe(candidates.length)
    const { logits } = first.candidates[0]!
    expect(logits).toBeInstanceOf(Float32Array)
    expect(logits.some((value) => value > 0) && logits.some((value) => value < 0)).toBe(true)
    const more = {
      ...ask,
      prompts: [...ask.prompts, { type: 'point', x: 20, y: 20, positive: false } as const],
    }
    const second = await client.call('inference.segment', {
      ...more,
      maskInput: logits,
      crop: first.crop,
      revision: 8,
    })
    expect(second).toMatchObject({ revision: 8, more: 0 })
    expect(
      await connection.transport.request('inference.alternatives', inputs()['inference.alternatives']),
    ).toEqual(refused('superseded'))
    expect(second.candidates.map(({ index }) => index)).toEqual([0])
    // By its name it is the same mask.
    const name = { answer: first.id, index: 0 }
    const third = await client.call('inference.segment', {
      ...more,
      maskInput: name,
      crop: first.crop,
      revision: 9,
    })
    expect(third.candidates).toEqual(second.candidates)
    const unknown = { ...more, maskInput: { ...name, answer: 'nobody' }, revision: 10 }
    expect(await connection.transport.request('inference.segment', unknown)).toEqual(refused('not-found'))
  })

  test('commit, conflict, undo, redo, usage and delete, each told as it is stored', async () => {
    const { labels } = await client.call('labels.list', {})
    const labelId = labels[0]!.id
    const annotation: Annotation = {
      id: 'contract-1',
      imageId: 1,
      labelId,
      shape: { type: 'rectangle', x: 1 / 3, y: 2, width: 10.25, height: 20 },
      source: 'hand',
      modelId: null,
      score: null,
      prompts: [],
      candidate: null,
      ...newObject,
      createdAt: 1_700_000_000_000,
      updatedAt: 1_700_000_000_000,
    }
    const diff = diffOf({ annotations: { added: [annotation] } })
    heard.length = 0
    await client.call('edit.commit', { diff })
    expect(await connection.transport.request('edit.commit', { diff })).toEqual(refused('conflict'))
    const opened = await client.call('images.open', { imageId: 1 })
    expect(opened).toMatchObject({ annotations: [annotation], canUndo: true, canRedo: false })
    expect(await client.call('edit.undo', { imageId: 1 })).toEqual({ done: true })
    expect(await client.call('edit.undo', { imageId: 1 })).toEqual({ done: false })
    expect(await client.call('edit.redo', { imageId: 1 })).toEqual({ done: true })
    expect(await client.call('labels.usage', { labelId })).toEqual({ annotations: 1, images: 1 })
    expect(await client.call('labels.delete', { labelId })).toEqual({ annotations: 1, images: 1 })
    expect((await client.call('labels.list', {})).labels).toHaveLength(labels.length - 1)
    expect(await client.call('edit.undo', { imageId: 2 })).toEqual({ done: true })
    expect(await client.call('labels.list', {})).toEqual({ labels })
    const kinds = () => heard.flatMap((event) => (event.name === 'edit.applied' ? [event.payload.kind] : []))
    await expect.poll(kinds).toEqual(['commit', 'undo', 'redo', 'commit', 'undo'])
    const counts = heard.flatMap((event) =>
      event.name === 'images.changed' ? event.payload.images.filter(({ id }) => id === 1) : [],
    )
    expect(counts.map(({ annotationCount }) => annotationCount)).toEqual([1, 0, 1, 0, 1])
  })

  test('settings are kept and told', async () => {
    heard.length = 0
    const settings = await client.call('settings.set', { theme: 'light', hoverPreview: true })
    expect(settings).toMatchObject({ theme: 'light', hoverPreview: true })
    expect(await client.call('settings.get', {})).toEqual(settings)
    await expect.poll(() => heard).toEqual([{ name: 'settings.changed', payload: settings }])
  })

  test('the dialogs for folders and files, and the list of folders', async () => {
    expect(await client.call('folders.choose', { title: 'none' })).toEqual({ folder: null })
    const boxes = { kind: 'Boxes', extensions: ['json', 'txt'] }
    expect(await client.call('files.choose', { title: 'none', ...boxes })).toEqual({ file: null })
    const file = join(folder, 'boxes.json')
    expect(await client.call('files.choose', { title: 'Boxes', ...boxes })).toEqual({ file })
    expect(await client.call('folders.list', { folder: dirname(folder) })).toEqual({
      folder: dirname(folder),
      parent: tmpdir(),
      folders: expect.arrayContaining(['data', 'photos']) as string[],
      imageCount: 0,
    })
    expect((await client.call('folders.list', { folder })).imageCount).toBe(7)
    expect((await client.call('app.info', {})).nativeDialog).toBe(true)
  })

  test('a project that lost its file refuses what can’t be kept, tells of it, and is written back', async () => {
    expect(await request('project.rescue')).toEqual(refused('conflict'))
    const { project } = await client.call('project.current', {})
    heard.length = 0
    rmSync(dirname(project!.file), { recursive: true })
    const diff = statusDiff({ id: 1, status: 'todo' }, 'done')
    await expect(client.call('edit.commit', { diff })).rejects.toMatchObject({ code: 'project-gone' })
    const told = () =>
      heard.flatMap((event) => (event.name === 'project.changed' ? [event.payload.project?.lost] : []))
    await expect.poll(() => told().at(-1)?.copy).toContain(join('data', 'projects'))
    expect((await client.call('project.current', {})).project?.lost).toMatchObject({ canWriteBack: true })
    expect((await client.call('images.list', inputs()['images.list'])).total).toBe(7)
    expect(calls['project.rescue'].output.parse(await client.call('project.rescue', { to: 'back' }))).toEqual(
      {
        file: project!.file,
      },
    )
    await expect.poll(() => told().at(-1)).toBeNull()
    await client.call('edit.commit', { diff })
    expect((await client.call('images.open', { imageId: 1 })).image.status).toBe('done')
  })

  test('what another process writes is told', async () => {
    const { project } = await client.call('project.current', {})
    const other = openStore(project!.file)
    heard.length = 0
    other.transact(() => other.project.set('created-in', '1.2.4'))
    other.close()
    await expect
      .poll(() => heard, { timeout: 10_000 })
      .toEqual([{ name: 'project.outside', payload: { project } }])
  })

  test('every event that was heard is in its schema', () => {
    expect(heard.length).toBeGreaterThan(0)
    for (const event of heard) events[event.name].parse(event.payload)
  })
})
