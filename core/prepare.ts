/**
 * Prepare folder: puts the embeddings of all images on disk, after everything that the user waits for. Owns the run:
 * order, pause, what is passed over. What is on disk already is not made again, so a run that was cut off goes on.
 */
import type { WorkProgress } from '../common/contract/work.ts'
import { CodedError, hasCode, toErrorReply } from '../common/errors.ts'
import type { ImageId } from '../common/model.ts'
import type { Inference } from './inference/client/inference.ts'
import { inferenceImageOf } from './inference/image.ts'
import { createPace } from './pace.ts'
import type { Project } from './project.ts'

/** An embedding on disk: [1, 4096, 256] as float16, and its head and checksum. */
const EMBEDDING_BYTES = 4096 * 256 * 2 + 512

export interface Prepare {
  /** Starts, or goes on when it is paused. @throws CodedError no-project */
  start(): void
  pause(): void
  resume(): void
  /** What is prepared stays. */
  cancel(): void
  progress(): WorkProgress
  /** Cancels, and waits until nothing is read any more. */
  end(): Promise<void>
}

export interface PrepareOptions {
  readonly project: () => Project
  readonly inference: Pick<Inference, 'prepare'>
  /** Budget of embeddings on disk, bytes. */
  readonly embeddingBytes: () => number
  readonly tell: (progress: WorkProgress) => void
}

interface Run {
  cancelled: boolean
}

/** These end the run; anything else is the image's own problem. */
const endsRun = (thrown: unknown) =>
  hasCode(thrown, 'model-unavailable') || hasCode(thrown, 'not-writable') || hasCode(thrown, 'disk-full')

const gigabytes = (bytes: number) => `${Math.round(bytes / 1e8) / 10} GB`

export const createPrepare = ({ project, inference, embeddingBytes, tell }: PrepareOptions): Prepare => {
  const pace = createPace(tell)
  let run: Run | null = null
  let running: Promise<void> = Promise.resolve()
  let paused = false
  let resume: () => void = () => undefined
  let resumed: Promise<void> = Promise.resolve()

  const prepareImage = async ({ folder, facts }: Project, imageId: ImageId): Promise<void> => {
    const image = await facts.refresh(imageId)
    const { path, problem, contentHash } = image
    const leaveOut = (message: string) => pace.leaveOut({ image: path, annotationId: null, message })
    if (problem !== null) {
      leaveOut(problem)
      return pace.step(null)
    }
    // The next run knows the file by its hash, without reading it.
    if (contentHash === null) facts.hashLater(imageId)
    const start = performance.now()
    try {
      const made = await inference.prepare(inferenceImageOf(folder, image))
      pace.step(made ? performance.now() - start : null)
    } catch (thrown) {
      if (endsRun(thrown) || hasCode(thrown, 'cancelled')) throw thrown
      leaveOut(toErrorReply(thrown).message)
      pace.step(null)
    }
  }

  /** @returns what to say at the end; null also when it was cancelled */
  const work = async (mine: Run, current: Project): Promise<string | null> => {
    await current.scanned().catch(() => undefined)
    const ids = current.store.images.ids()
    const budget = embeddingBytes()
    const room = Math.floor(budget / EMBEDDING_BYTES)
    pace.begin(Math.min(room, ids.length))
    if (paused) pace.enter('paused')
    if (room === 0)
      throw new CodedError(
        'not-writable',
        'Prepared images are kept within a budget on disk, which is 0 now. Raise it in the settings.',
      )
    for (const imageId of ids.slice(0, room)) {
      await resumed
      if (mine.cancelled) return null
      await prepareImage(current, imageId)
    }
    const rest = ids.length - room
    return rest > 0
      ? `The budget of ${gigabytes(budget)} on disk is full: ${rest} images are not prepared.`
      : null
  }

  /** The run is over before its end is told: whoever hears of it may start the next one. */
  const finish = (mine: Run, state: WorkProgress['state'], message: string | null) => {
    if (run !== mine) return
    run = null
    paused = false
    pace.enter(state, message)
  }

  const go = async (mine: Run, current: Project) => {
    try {
      finish(mine, 'done', await work(mine, current))
    } catch (thrown) {
      if (hasCode(thrown, 'cancelled')) finish(mine, 'idle', null)
      else finish(mine, 'failed', toErrorReply(thrown).message)
    }
  }

  const unpause = () => {
    if (!paused) return
    paused = false
    resume()
    pace.enter('running')
  }

  const cancel = () => {
    if (run === null) return
    run.cancelled = true
    run = null
    paused = false
    resume()
    pace.enter('idle')
  }

  return {
    start() {
      const current = project()
      if (run !== null) return unpause()
      const mine: Run = { cancelled: false }
      run = mine
      pace.begin(current.store.images.count())
      running = running.then(() => go(mine, current))
    },
    pause() {
      if (run === null || paused) return
      paused = true
      resumed = new Promise((resolve) => (resume = resolve))
      pace.enter('paused')
    },
    resume: unpause,
    cancel,
    progress: () => pace.progress(),
    async end() {
      cancel()
      await running
    },
  }
}
