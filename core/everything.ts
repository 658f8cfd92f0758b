/**
 * Everything mode: proposes the objects of one image from a grid of points. Owns the run; the masks are judged in
 * everything/proposals.ts. Nothing is stored: whoever reviews the proposals commits those that are wanted.
 */
import type { CallInput, EventPayload } from '../common/contract.ts'
import type { Proposal } from '../common/contract/everything.ts'
import { CodedError, hasCode, toErrorReply } from '../common/errors.ts'
import type { PolygonOptions } from '../common/geometry/mask-to-polygon.ts'
import type { ImageId } from '../common/model.ts'
import { createProposals, type Proposals } from './everything/proposals.ts'
import { gridPoints } from './everything/grid.ts'
import type { Inference } from './inference/client/inference.ts'
import { inferenceImageOf } from './inference/image.ts'
import type { Project } from './project.ts'

type Request = CallInput<'everything.start'>
type Told = EventPayload<'everything.changed'>

export interface Everything {
  /** Takes the place of a run that is on. @throws CodedError no-project, not-found */
  start(request: Request): void
  cancel(): void
  /** Cancels, and waits until nothing is asked any more. */
  end(): Promise<void>
}

export interface EverythingOptions {
  readonly project: () => Project
  readonly inference: Pick<Inference, 'segmentLater'>
  readonly polygonOptions: () => PolygonOptions
  readonly tell: (told: Told) => void
}

/** Progress is told after so many points at least. */
const TOLD_EVERY = 8

export const createEverything = ({
  project,
  inference,
  polygonOptions,
  tell,
}: EverythingOptions): Everything => {
  let run: { readonly imageId: ImageId; readonly total: number; done: number } | null = null
  let running: Promise<void> = Promise.resolve()

  const work = async (mine: NonNullable<typeof run>, current: Project, { imageId, ...request }: Request) => {
    const say = (state: Told['state'], added: Proposal[] = [], message: string | null = null) => {
      if (run !== mine) return
      // The run is over before its end is told: whoever hears of it may start the next one.
      if (state !== 'running') run = null
      tell({ imageId, state, done: mine.done, total: mine.total, added, message })
    }
    say('running')
    const item = await current.facts.refresh(imageId)
    const { problem, width, height } = item
    if (problem !== null || width === null || height === null)
      throw new CodedError('image-unreadable', problem ?? 'The image has no size.')
    const image = inferenceImageOf(current.folder, item)
    const shapes = current.store.annotations.ofImage(imageId).map(({ shape }) => shape)
    const proposals: Proposals = createProposals({ width, height }, shapes, polygonOptions())
    const points = gridPoints(request.pointsPerSide, { width, height })
    // The first answer may wait for the encoder: the budget is for what comes after it.
    let end = Infinity
    let waiting: Proposal[] = []
    for (const [revision, point] of points.entries()) {
      if (run !== mine) return
      if (performance.now() > end) {
        const message = `Stopped after ${request.budgetMs / 1000} s: ${mine.done} of ${mine.total} points were tried.`
        return say('done', waiting, message)
      }
      if (!proposals.isKnown(point)) {
        const asked = { imageId, revision, prompts: [point], maskInput: null, zoom: false }
        const answer = await inference.segmentLater(
          image,
          { ...asked, crop: null, purpose: 'prompt' },
          'everything',
        )
        waiting.push(...proposals.take(point, answer))
      }
      if (end === Infinity) end = performance.now() + request.budgetMs
      mine.done++
      if (waiting.length === 0 && mine.done % TOLD_EVERY !== 0) continue
      say('running', waiting)
      waiting = []
    }
    say('done', waiting)
  }

  const cancel = () => {
    const mine = run
    if (mine === null) return
    run = null
    tell({
      imageId: mine.imageId,
      state: 'idle',
      done: mine.done,
      total: mine.total,
      added: [],
      message: null,
    })
  }

  return {
    start(request) {
      const current = project()
      const { imageId, pointsPerSide } = request
      if (current.store.images.get(imageId) === null)
        throw new CodedError('not-found', 'This image is not in the project.')
      cancel()
      const mine = { imageId, total: pointsPerSide ** 2, done: 0 }
      run = mine
      running = running.then(async () => {
        try {
          if (run === mine) await work(mine, current, request)
        } catch (thrown) {
          if (run !== mine) return
          run = null
          const { done, total } = mine
          const isEnd = hasCode(thrown, 'cancelled')
          const message = isEnd ? null : toErrorReply(thrown).message
          tell({ imageId, state: isEnd ? 'idle' : 'failed', done, total, added: [], message })
        }
      })
    },
    cancel,
    async end() {
      cancel()
      await running
    },
  }
}
