/**
 * Boxes to masks: boxes of any detector become annotations with masks, one edit an image. Owns the run. An image whose
 * boxes were taken is known by the ids of its objects, so a run that was cut off goes on where it stood.
 */
import type { BoxesProgress, BoxesRequest } from '../common/contract/boxes.ts'
import { CodedError, hasCode, toErrorReply } from '../common/errors.ts'
import type { ImageId } from '../common/model.ts'
import { createLabelImage } from './autolabel/label-image.ts'
import { planBoxes, type Plan } from './autolabel/plan.ts'
import { readBoxes } from './formats/boxes-files.ts'
import type { Inference } from './inference/client/inference.ts'
import type { PolygonOptions } from '../common/geometry/mask-to-polygon.ts'
import { createPace } from './pace.ts'
import type { Project } from './project.ts'

export interface Autolabel {
  /**
   * Resolves when the boxes are read and the run has begun.
   * @throws CodedError no-project, not-found, bad-input, conflict when a run is on
   */
  start(request: BoxesRequest): Promise<void>
  /** What is labelled stays. */
  cancel(): void
  progress(): BoxesProgress
  /** Cancels, and waits until nothing is written any more. */
  end(): Promise<void>
}

export interface AutolabelOptions {
  readonly project: () => Project
  readonly inference: Pick<Inference, 'segmentLater'>
  readonly polygonOptions: () => PolygonOptions
  readonly tell: (progress: BoxesProgress) => void
}

const endsRun = (thrown: unknown) =>
  (
    [
      'model-unavailable',
      'not-writable',
      'disk-full',
      'damaged-project',
      'project-gone',
      'cancelled',
    ] as const
  ).some((code) => hasCode(thrown, code))

const scopeOf = ({ store }: Project, scope: BoxesRequest['scope']): Set<ImageId> => {
  if (scope.kind === 'project') return new Set(store.images.ids())
  if (scope.kind === 'filter') {
    const { images } = store
    return new Set(images.page(scope.filter, 0, images.total(scope.filter)).map(({ id }) => id))
  }
  if (store.images.get(scope.imageId) === null)
    throw new CodedError('not-found', 'This image is not in the project.')
  return new Set([scope.imageId])
}

export const createAutolabel = (options: AutolabelOptions): Autolabel => {
  const { project, inference, polygonOptions, tell } = options
  let objects = 0
  const pace = createPace((progress) => tell({ ...progress, objects }))
  let run: AbortController | null = null
  let running: Promise<void> = Promise.resolve()

  const work = async (signal: AbortSignal, current: Project, plan: Plan) => {
    objects = 0
    pace.begin(plan.images.length)
    for (const problem of plan.problems) pace.leaveOut(problem)
    const labelImage = createLabelImage({ project: current, inference, polygonOptions, signal })
    for (const { imageId, boxes } of plan.images) {
      const start = performance.now()
      try {
        const { written, worked, problems } = await labelImage(imageId, boxes)
        if (signal.aborted) return
        objects += written
        for (const problem of problems) pace.leaveOut(problem)
        pace.step(worked ? performance.now() - start : null)
      } catch (thrown) {
        if (signal.aborted || endsRun(thrown)) throw thrown
        const image = current.store.images.get(imageId)?.path ?? null
        pace.leaveOut({ image, annotationId: null, message: toErrorReply(thrown).message })
        pace.step(null)
      }
    }
  }

  /** The run is over before its end is told: whoever hears of it may start the next one. */
  const finish = (mine: AbortController, state: BoxesProgress['state'], message: string | null) => {
    if (run !== mine) return
    run = null
    pace.enter(state, message)
  }

  const go = async (mine: AbortController, current: Project, plan: Plan, notes: readonly string[]) => {
    try {
      await work(mine.signal, current, plan)
      finish(mine, 'done', notes.join(' ') || null)
    } catch (thrown) {
      if (hasCode(thrown, 'cancelled')) finish(mine, 'idle', null)
      else finish(mine, 'failed', toErrorReply(thrown).message)
    }
  }

  const cancel = () => {
    if (run === null) return
    run.abort()
    run = null
    pace.enter('idle')
  }

  return {
    async start({ source, scope }) {
      const current = project()
      if (run !== null)
        throw new CodedError(
          'conflict',
          'Boxes are being turned into masks already. Wait, or cancel that first.',
        )
      const mine = new AbortController()
      run = mine
      try {
        const order = current.store.labels.list().map(({ name }) => name)
        const read = await readBoxes(source.path, source.names, order)
        // A scan that is still running knows more images.
        await current.scanned().catch(() => undefined)
        if (mine.signal.aborted || current.closed) throw new CodedError('cancelled', 'It was cancelled.')
        const { images } = current.store
        const all = images.getMany(images.ids())
        const plan = planBoxes(read, all, scopeOf(current, scope), source.minScore ?? 0)
        running = running.then(() => go(mine, current, plan, read.notes))
      } catch (thrown) {
        if (run === mine) run = null
        throw thrown
      }
    },
    cancel,
    progress: () => ({ ...pace.progress(), objects }),
    async end() {
      cancel()
      await running
    },
  }
}
