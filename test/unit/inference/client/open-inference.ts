/** Inference whose processes do nothing until the test says so. */
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { InferenceStatus } from '../../../../common/contract/inference.ts'
import { createInference } from '../../../../core/inference/client/client.ts'
import type { Inference, InferenceOptions } from '../../../../core/inference/client/inference.ts'
import type { Machine } from '../../../../core/inference/client/machine.ts'
import { imageOf, requestOf } from '../asked.ts'
import { createFakeProcess, type FakeProcess } from './fake-process.ts'

export const options: InferenceOptions = { modelId: 'hwc-1', provider: 'cpu', threads: 0, embeddingBytes: 0 }
export const modelFolders = [join(import.meta.dirname, '../../../fixtures/models')]

export const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

export const until = async (done: () => boolean) => {
  for (let i = 0; i < 1000 && !done(); i++) await settle()
  expect(done()).toBe(true)
}

/** Closed after the test. */
export const open = (
  change: { folders?: string[]; options?: Partial<InferenceOptions>; machine?: Machine } = {},
) => {
  const processes: FakeProcess[] = []
  const statuses: InferenceStatus[] = []
  const inference = createInference({
    startProcess() {
      const started = createFakeProcess()
      processes.push(started)
      // As soon as its exits are listened to.
      setTimeout(() => started.say({ type: 'hello' }), 0)
      return started
    },
    modelFolders: change.folders ?? modelFolders,
    dataFolder: '/nowhere',
    options: { ...options, ...change.options },
    ...(change.machine !== undefined && {
      crew: { givesWay: true, describeComputer: () => Promise.resolve(change.machine!) },
    }),
  })
  onTestFinished(() => inference.close())
  inference.onStatus((status) => statuses.push(status))
  const last = () => processes.at(-1)!
  const isAskedToLoad = () => last().posted.some(({ type }) => type === 'load')
  /** Loads the newest process. */
  const load = async () => {
    await until(isAskedToLoad)
    last().load()
    await settle()
    return last()
  }
  /** Loads the process that took the place of the first one. */
  const reload = async () => {
    await until(() => processes.length === 2)
    return load()
  }
  return { inference, processes, statuses, last, load, reload, isAskedToLoad }
}

export const segment = (
  inference: Inference,
  id: number,
  revision: number,
  purpose: 'prompt' | 'hover' = 'prompt',
) =>
  inference
    .segment(imageOf(id), requestOf({ imageId: id, revision, purpose }))
    .then(({ imageId, revision: answered }) => `image ${imageId} revision ${answered}`)
    .catch((error: unknown) => (error as { code: string }).code)
