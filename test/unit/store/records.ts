/** Records for the tests of store and editing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Annotation, Label } from '../../../common/model.ts'
import { newLabel } from '../../../common/new-label.ts'
import { newObject } from '../../../common/new-records.ts'
import { openStore, type Store } from '../../../core/store/store.ts'

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const labelOf = (id: string, position = 0): Label =>
  newLabel({ id, name: `name of ${id}`, color: '#56b4e9', position })

export const annotationOf = (id: string, imageId = 1, labelId = 'cat'): Annotation => ({
  id,
  imageId,
  labelId,
  shape: {
    type: 'polygon',
    parts: [
      {
        outer: [
          [0.5, 1.25],
          [10.1, 1 / 3],
          [7, 9.875],
        ],
        holes: [
          [
            [4, 2],
            [5, 2],
            [5, 3],
          ],
        ],
      },
    ],
  },
  source: 'model',
  modelId: 'mobile-sam',
  score: 0.9123,
  prompts: [
    { type: 'point', x: 3.5, y: 2, positive: true },
    { type: 'box', x0: 0, y0: 0, x1: 11, y1: 10 },
  ],
  candidate: 2,
  ...newObject,
  createdAt: 1_700_000_000_000,
  updatedAt: 1_700_000_000_001,
})

/** A store with images 1..count, and the labels cat and dog. */
export const storeOf = (file: string, count = 3): Store => {
  const store = openStore(file)
  if (store.images.count() === 0)
    store.transact(() => {
      for (let index = 0; index < count; index += 1)
        store.scan.add({ path: `image-${index + 1}.jpg`, bytes: 10, modifiedAt: 20 }, index, null)
      store.labels.insert(labelOf('cat', 0))
      store.labels.insert(labelOf('dog', 1))
    })
  return store
}

/** Runs `work` without root's right to read and write everything, where the tests run as root. */
export const asPlainUser = async <T>(work: () => Promise<T>): Promise<T> => {
  if (process.getuid?.() !== 0) return work()
  process.seteuid?.(65534)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}
