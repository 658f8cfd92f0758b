/** A core in memory for the workbench's tests: calls are answered when the test says so, edits are stored and told. */
import type { CallInput, CallName, EventName, EventPayload } from '../../../common/contract.ts'
import { applyRecordsDiff, imagesOfDiff, reverseDiff, type Diff } from '../../../common/diff.ts'
import { CodedError } from '../../../common/errors.ts'
import type { KeptMask } from '../../../common/kept-mask.ts'
import type { Annotation, ImageId, ImageItem, Label, Polygon } from '../../../common/model.ts'
import { newLabel } from '../../../common/new-label.ts'
import type { Client } from '../../../common/rpc.ts'
import type { MaskQuestion } from '../../../common/segmentation.ts'
import type { MaskAnswer } from '../../../renderer/segmentation/question.ts'

export const labels: Label[] = [
  newLabel({ id: 'cat', name: 'cat', color: '#e6194b', position: 0 }),
  newLabel({ id: 'dog', name: 'dog', color: '#3cb44b', position: 1 }),
]

export const imageItem = (id: ImageId, width = 200, height = 100): ImageItem => ({
  id,
  path: `${id}.jpg`,
  bytes: 1,
  modifiedAt: 0,
  contentHash: null,
  width,
  height,
  orientation: 1,
  status: 'todo',
  problem: null,
  annotationCount: 0,
  proposedCount: 0,
  madeOn: null,
  bands: null,
  shownBands: null,
  stretch: null,
  side: null,
  flag: null,
  reviewed: null,
  tags: [],
})

export const square = (x: number, y: number, side: number): Polygon => ({
  type: 'polygon',
  parts: [
    {
      outer: [
        [x, y],
        [x + side, y],
        [x + side, y + side],
        [x, y + side],
      ],
      holes: [],
    },
  ],
})

/** An answer with `count` candidates: squares that grow with their index; their logits tell which mask they are of. */
export const answerOf = (side: number, count = 1): MaskAnswer => ({
  modelId: 'fake',
  crop: { x: 0, y: 0, width: 200, height: 100 },
  candidates: Array.from({ length: count }, (_, index) => ({
    index,
    score: 0.9 - index / 10,
    polygon: square(10, 10, side + index),
    logits: new Float32Array([side, index]),
  })),
})

interface OpenQuestion {
  readonly imageId: ImageId
  readonly question: MaskQuestion
  answer(answer: MaskAnswer): Promise<void>
  fail(code: 'superseded' | 'inference-failed', message?: string): Promise<void>
}

/** Lets promises that are settled take their turn. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

export interface FakeCore {
  readonly client: Client
  readonly questions: OpenQuestion[]
  readonly calls: { name: CallName; input: unknown }[]
  annotations: Annotation[]
  readonly masks: KeptMask[]
  readonly undone: Diff[]
  readonly done: Diff[]
  /** The next commit is refused with this. */
  refuseNext: CodedError | null
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void
  askMasks(question: MaskQuestion): Promise<MaskAnswer>
}

export const createFakeCore = (images: readonly ImageItem[]): FakeCore => {
  const listeners: { name: string; listener: (payload: never) => void }[] = []
  const items = new Map(images.map((image) => [image.id, image]))
  const history = () => ({ canUndo: core.done.length > 0, canRedo: core.undone.length > 0 })
  const apply = (diff: Diff, kind: 'commit' | 'undo' | 'redo', asked: ImageId | null = null) => {
    core.annotations = applyRecordsDiff(core.annotations, diff.annotations)
    const touched = imagesOfDiff(diff)
    const told = asked === null ? touched : [...new Set([...touched, asked])]
    const histories = told.map((imageId) => ({ imageId, ...history() }))
    core.emit('edit.applied', { diff, kind, histories, everywhere: touched.length === 0 })
    const changed = diff.images.updated.map(([, to]) => ({ ...items.get(to.id)!, ...to }))
    for (const image of changed) items.set(image.id, image)
    if (changed.length > 0) core.emit('images.changed', { images: changed })
  }
  const answerCall = (name: CallName, input: unknown): unknown => {
    switch (name) {
      case 'images.open': {
        const { imageId } = input as CallInput<'images.open'>
        const image = items.get(imageId)
        if (!image) throw new CodedError('not-found', 'There is no such image.')
        const annotations = core.annotations.filter((annotation) => annotation.imageId === imageId)
        return { image, annotations, ...history() }
      }
      case 'edit.commit': {
        const refusal = core.refuseNext
        core.refuseNext = null
        if (refusal) throw refusal
        const { diff, masks = [] } = input as CallInput<'edit.commit'>
        core.masks.push(...masks)
        core.done.push(diff)
        // As the core does: labels alone leave what an image has to redo.
        if (imagesOfDiff(diff).length > 0) core.undone.length = 0
        apply(diff, 'commit')
        return {}
      }
      case 'masks.get': {
        const { ids } = input as CallInput<'masks.get'>
        return { masks: core.masks.filter(({ id }) => ids.includes(id)) }
      }
      case 'edit.undo': {
        const diff = core.done.pop()
        if (!diff) return { done: false }
        core.undone.push(diff)
        apply(reverseDiff(diff), 'undo', (input as CallInput<'edit.undo'>).imageId)
        return { done: true }
      }
      case 'edit.redo': {
        const diff = core.undone.pop()
        if (!diff) return { done: false }
        core.done.push(diff)
        apply(diff, 'redo', (input as CallInput<'edit.redo'>).imageId)
        return { done: true }
      }
      case 'edit.history':
        return history()
      case 'inference.focus':
        return {}
      case 'inference.status':
        return {
          state: 'idle',
          imageId: null,
          expectedMs: null,
          modelId: 'fake',
          provider: 'cpu',
          message: null,
          ready: [],
        }
      default:
        throw new CodedError('unknown-call', `The fake core does not know ${name}.`)
    }
  }
  const core: FakeCore = {
    questions: [],
    calls: [],
    annotations: [],
    masks: [],
    undone: [],
    done: [],
    refuseNext: null,
    emit(name, payload) {
      for (const entry of listeners) if (entry.name === name) entry.listener(payload as never)
    },
    askMasks: (question) =>
      new Promise((resolve, reject) => {
        const close = () => core.questions.splice(core.questions.indexOf(open), 1)
        const open: OpenQuestion = {
          imageId: question.imageId,
          question,
          async answer(answer) {
            close()
            resolve(answer)
            await settle()
          },
          async fail(code, message = 'The model failed.') {
            close()
            reject(new CodedError(code, message))
            await settle()
          },
        }
        core.questions.push(open)
      }),
    client: {
      async call(name, input) {
        core.calls.push({ name, input })
        await Promise.resolve()
        return answerCall(name, input) as never
      },
      on(name, listener) {
        const entry = { name, listener: listener as (payload: never) => void }
        listeners.push(entry)
        return () => void listeners.splice(listeners.indexOf(entry), 1)
      },
    },
  }
  return core
}
