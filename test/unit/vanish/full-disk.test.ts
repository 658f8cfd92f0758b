/** A full data folder: what can't be kept is said with its reason, and kept again once there is room. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createEmbeddingFiles } from '../../../core/inference/host/embedding-files.ts'
import { openedIds, makePlaces, mayMount, mountSmall, startWorker, unmount } from './vanish.ts'

const canMount = mayMount()
const noMount = canMount ? '' : ' (skipped: mounting is not permitted here)'

test.skipIf(!canMount)(
  `prepared images are kept again by themselves once there is room${noMount}`,
  async () => {
    const { dataFolder } = makePlaces()
    mkdirSync(dataFolder)
    mountSmall(dataFolder, '1m')
    onTestFinished(() => unmount(dataFolder))
    const filler = join(dataFolder, 'filler')
    writeFileSync(filler, new Uint8Array(900_000))
    const notices: (string | null)[] = []
    const files = createEmbeddingFiles(join(dataFolder, 'embeddings'), 1e9, (notice) => notices.push(notice))
    const embedding = { width: 4, height: 3, dims: [1, 250_000], data: new Uint16Array(250_000) }
    expect(await files.write('a', embedding)).toBe(false)
    expect(await files.write('b', embedding)).toBe(false)
    expect(files.problem()).toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining(dataFolder) as string,
    })
    rmSync(filler)
    expect(await files.write('a', embedding)).toBe(true)
    expect(await files.read('a')).toEqual(embedding)
    expect(notices).toEqual([expect.stringContaining('full'), null])
  },
)

test.skipIf(!canMount)(
  `a lost project whose copy has no room: said, written back, nothing missing${noMount}`,
  async () => {
    const places = makePlaces()
    mkdirSync(places.dataFolder)
    mountSmall(places.dataFolder, '1m')
    onTestFinished(() => unmount(places.dataFolder))
    const worker = startWorker(places)
    await worker.next('stored')
    writeFileSync(join(places.dataFolder, 'filler'), new Uint8Array(1_020_000))
    rmSync(places.ours, { recursive: true })
    await worker.next('refused')
    worker.send('back')
    expect(await worker.next('rescued')).toBe(places.file)
    await worker.next('again')
    await worker.kill()
    const found = await openedIds(places)
    expect(worker.stored().filter((id) => !found.has(id))).toEqual([])
  },
)
