/** Long work by one process and by two, one of which is killed in the middle: the same comes of it. */
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runWork } from '../../../common/work-client.ts'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import type { FromHost } from '../../../core/inference/messages.ts'
import type { InferenceProcess } from '../../../core/inference/process.ts'
import { openCore, withModels } from '../../support/open-core.ts'

// Several photos are encoded: seconds alone, minutes on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 300_000 })

const root = join(import.meta.dirname, '../../..')
const photos = ['astronaut.jpg', 'coffee.jpg', 'coins.png']
const IMAGES = 15

/** Fewer the later an image is: who is done first is not who was first. */
const boxesOf = (image: number) => Math.ceil((IMAGES - image) / 3)

/** The same photo several times: two processes want to keep the same embedding on disk. */
const makeFolder = () => {
  const top = mkdtempSync(join(tmpdir(), 'maskwright-crew-'))
  onTestFinished(() => rmSync(top, { recursive: true, maxRetries: 3 }))
  const [folder, labels] = [join(top, 'photos'), join(top, 'labels')]
  for (const made of [folder, labels]) mkdirSync(made)
  const names: string[] = []
  for (let i = 0; i < IMAGES; i++) {
    const photo = photos[i % photos.length]!
    copyFileSync(join(root, 'projects/sample', photo), join(folder, `${i}-${photo}`))
    // A class of its own each.
    names.push(`class of ${i}`)
    const rows = Array.from({ length: boxesOf(i) }, (_, row) => `${i} ${0.35 + row * 0.03} 0.5 0.3 0.4`)
    writeFileSync(join(labels, `${i}-${photo.replace(/\.\w+$/, '.txt')}`), rows.join('\n'))
  }
  writeFileSync(join(labels, 'classes.txt'), names.join('\n'))
  return { top, folder, labels, names }
}

/** @param cores of the computer @param kills one process other than the first, at its first answer of that kind */
const open = async (top: string, folder: string, cores: number, kills: FromHost['type'] | null) => {
  const processes: InferenceProcess[] = []
  let killed = 0
  const { core, client } = openCore(join(top, 'data'), {
    ...withModels,
    describeComputer: () => Promise.resolve({ cores, memory: 8e9 }),
    startInferenceProcess() {
      const process = forkInferenceProcess()
      processes.push(process)
      if (processes.length > 1)
        process.onMessage(({ type }) => {
          if (type !== kills || killed > 0) return
          killed++
          process.kill()
        })
      return process
    },
  })
  await client.call('project.open', { folder })
  return { core, client, counts: () => ({ started: processes.length, killed }) }
}

const label = async (cores: number, kills: FromHost['type'] | null) => {
  const { top, folder, labels, names } = makeFolder()
  const { core, client, counts } = await open(top, folder, cores, kills)
  try {
    const end = await runWork(client, 'boxes', {
      ...{ source: { path: labels }, scope: { kind: 'project' }, quality: 'good' },
    })
    const { items } = await client.call('images.list', {
      ...{ offset: 0, limit: IMAGES, filter: { text: '', show: 'all' } },
    })
    const classes = await client.call('labels.list', {})
    const nameOf = new Map(classes.labels.map(({ id, name }) => [id, name]))
    const objects = []
    for (const { id } of items)
      for (const { labelId, shape, score } of (await client.call('images.open', { imageId: id })).annotations)
        objects.push({ image: id, of: nameOf.get(labelId), shape, score })
    const made = classes.labels.map(({ name }) => name).filter((name) => names.includes(name))
    return { end, objects, made, names, ...counts() }
  } finally {
    await core.close()
  }
}

test('two processes make the same of it as one, whatever happens to them', async () => {
  const alone = await label(1, null)
  expect(alone).toMatchObject({ end: { state: 'done', leftOutCount: 0 }, started: 1 })
  expect(alone.objects).toHaveLength(45)
  const shared = await label(2, 'segmented')
  expect(shared).toMatchObject({ end: { state: 'done', leftOutCount: 0 }, started: 4, killed: 1 })
  expect(shared.objects).toEqual(alone.objects)
  expect(alone.made).toEqual(alone.names)
  expect(shared.made).toEqual(alone.names)
})

/** @returns the embeddings that were made, by name */
const prepare = async (cores: number, kills: FromHost['type'] | null) => {
  const { top, folder } = makeFolder()
  // Each is another file, with the same pixels.
  for (const [at, name] of readdirSync(folder).entries())
    if (name.endsWith('.jpg')) appendFileSync(join(folder, name), `${at}`)
  const { core, client, counts } = await open(top, folder, cores, kills)
  try {
    const first = await runWork(client, 'prepare', {})
    const before = counts()
    const second = await runWork(client, 'prepare', {})
    const place = join(top, 'data', 'embeddings')
    const files = readdirSync(place).filter((name) => name.endsWith('.emb'))
    const kept = new Map(files.map((name) => [name, readFileSync(join(place, name))] as const))
    return { first, second, kept, before, after: counts() }
  } finally {
    await core.close()
  }
}

test('a folder is prepared by two as by one; where all is there nobody else is started', async () => {
  const alone = await prepare(1, null)
  expect(alone).toMatchObject({ first: { state: 'done', done: IMAGES }, before: { started: 1 } })
  const shared = await prepare(2, 'prepared')
  expect(shared).toMatchObject({
    first: { state: 'done', done: IMAGES, leftOutCount: 0, message: alone.first.message },
    second: { state: 'done', skipped: IMAGES },
    before: { started: 4, killed: 1 },
    after: { started: 4 },
  })
  expect([...shared.kept.keys()].sort()).toEqual([...alone.kept.keys()].sort())
  for (const [name, bytes] of shared.kept) expect(bytes.equals(alone.kept.get(name)!)).toBe(true)
})
