/**
 * What the inference process does next. Pure: no process, no clock. One job runs; of prompts one waits, of hovers one;
 * a later one takes its place. Order: the image on screen (its prompt, else its encode), the prompt of an image that
 * the user has left, the waiting hover, images ahead, work that can wait.
 */
import type { SegmentAnswer, MaskQuestion } from '../../../common/segmentation.ts'
import { CodedError } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import type { Urgency } from './inference.ts'
import { keyOfImage, type InferenceImage } from '../image.ts'
import type { SideAnswer, SideQuestion } from '../messages.ts'

export interface SegmentJob {
  readonly kind: 'segment'
  readonly image: InferenceImage
  readonly request: MaskQuestion
  /** performance.now() when it was asked. */
  readonly askedAt: number
  readonly answer: (answer: SegmentAnswer) => void
  /** Given the first mask when others follow. */
  readonly first?: ((first: SegmentAnswer) => void) | undefined
  readonly refuse: (error: CodedError) => void
  /** Null: a person waits for it. */
  readonly urgency: Urgency | null
}

interface PrepareJob {
  readonly kind: 'prepare'
  readonly image: InferenceImage
  /** The mirrored image is readied too. */
  readonly mirrored: boolean
  readonly urgency: Urgency
  readonly answer: (made: boolean) => void
  readonly refuse: (error: CodedError) => void
}

/** Something beside masks: see `SideAnswers`. Never superseded. */
interface SideJob {
  readonly kind: 'side'
  readonly image: InferenceImage | null
  readonly question: SideQuestion
  readonly urgency: Urgency
  readonly answer: (answer: SideAnswer) => void
  readonly refuse: (error: CodedError) => void
}

/** What somebody asked for, and is answered. */
export type AskedJob = SegmentJob | PrepareJob | SideJob

interface EncodeJob {
  readonly kind: 'encode'
  readonly image: InferenceImage
}

export type Job = AskedJob | EncodeJob

export interface Queue {
  /** The job that runs. */
  running(): Job | null
  /** The image on screen and those to encode ahead; what is not among them any more is not encoded. */
  focus(current: InferenceImage | null, ahead: readonly InferenceImage[]): void
  ask(job: AskedJob): void
  /** Takes the next job and makes it the running one; null when there is nothing to do, or one runs. */
  next(isHeld: (image: InferenceImage) => boolean): Job | null
  /** The running job has ended, well or not. */
  finish(outcome: 'done' | 'failed'): void
  /**
   * The process is gone: the running job waits again, unless a later one is there. `blame` counts it against the job,
   * which is given up after 3 times.
   */
  putBack(blame: boolean): void
  refuseAll(error: CodedError): void
}

/** How many processes may die of one job before it is refused. */
const MAX_CRASHES = 3

/** From the most to the least urgent. */
const urgencies: readonly (Urgency | null)[] = ['everything', 'boxes', 'prepare']

const superseded = () => new CodedError('superseded', said('A later prompt took its place.'))

export const createQueue = (): Queue => {
  let running: Job | null = null
  let current: InferenceImage | null = null
  let ahead: readonly InferenceImage[] = []
  const waiting: { prompt: SegmentJob | null; hover: SegmentJob | null } = { prompt: null, hover: null }
  /** Encoded or found unreadable since the last change of focus: not tried again by itself. */
  const settled = new Set<string>()
  /** Work that can wait, in the order in which it was asked. */
  const later: AskedJob[] = []
  const crashes = new WeakMap<AskedJob, number>()
  const encodeCrashes = new Map<string, number>()

  const replace = (slot: 'prompt' | 'hover', job: SegmentJob | null) => {
    waiting[slot]?.refuse(superseded())
    waiting[slot] = job
  }

  const take = (slot: 'prompt' | 'hover') => {
    const job = waiting[slot]
    waiting[slot] = null
    return job
  }

  const isCurrent = (image: InferenceImage) => current !== null && keyOfImage(current) === keyOfImage(image)

  const choose = (isHeld: (image: InferenceImage) => boolean): Job | null => {
    const wanted = (image: InferenceImage) => !isHeld(image) && !settled.has(keyOfImage(image))
    // What the user has left still counts, for it may be committed already, but must not hold up what is looked at.
    const isLeft = waiting.prompt !== null && !isCurrent(waiting.prompt.image)
    if (current !== null && wanted(current) && (waiting.prompt === null || isLeft))
      return { kind: 'encode', image: current }
    if (waiting.prompt !== null) return take('prompt')
    const hover = take('hover')
    if (hover !== null && (isHeld(hover.image) || isCurrent(hover.image))) return hover
    // The pointer has left that image; it is not encoded for a preview that nobody sees.
    hover?.refuse(superseded())
    const image = ahead.find(wanted)
    return image === undefined ? takeLater() : { kind: 'encode', image }
  }

  const takeLater = (): Job | null => {
    const rank = ({ urgency }: AskedJob) => urgencies.indexOf(urgency)
    const first = later.toSorted((a, b) => rank(a) - rank(b))[0]
    if (first === undefined) return null
    later.splice(later.indexOf(first), 1)
    return first
  }

  const giveUp = (job: AskedJob, count: number) => {
    const times = said('The inference process ended {count, number} times while it worked on this.', {
      count,
    })
    job.refuse(
      new CodedError(
        'inference-failed',
        said('{times} Try another model or provider in the settings.', { times }),
      ),
    )
  }

  const putBackAsked = (job: AskedJob, blame: boolean) => {
    const count = (crashes.get(job) ?? 0) + (blame ? 1 : 0)
    crashes.set(job, count)
    if (job.kind !== 'segment' || job.urgency !== null) {
      if (count >= MAX_CRASHES) giveUp(job, count)
      else later.unshift(job)
      return
    }
    const { purpose } = job.request
    if (waiting[purpose] !== null || (purpose === 'hover' && waiting.prompt !== null)) {
      job.refuse(superseded())
    } else if (count >= MAX_CRASHES) {
      giveUp(job, count)
    } else {
      waiting[purpose] = job
    }
  }

  const putBackEncode = ({ image }: EncodeJob, blame: boolean) => {
    const key = keyOfImage(image)
    const count = (encodeCrashes.get(key) ?? 0) + (blame ? 1 : 0)
    encodeCrashes.set(key, count)
    if (count >= MAX_CRASHES) settled.add(key)
  }

  return {
    running: () => running,
    focus(nextCurrent, nextAhead) {
      current = nextCurrent
      ahead = nextAhead
      settled.clear()
      for (const [key, count] of encodeCrashes) if (count >= MAX_CRASHES) settled.add(key)
    },
    ask(job) {
      if (job.kind !== 'segment' || job.urgency !== null) {
        later.push(job)
        return
      }
      replace(job.request.purpose, job)
      // The mask of a prompt takes the place of the preview.
      if (job.request.purpose === 'prompt') replace('hover', null)
    },
    next(isHeld) {
      if (running !== null) return null
      running = choose(isHeld)
      return running
    },
    finish(outcome) {
      // A failure of background work is reported to whoever asked for it; the image is still tried when a user opens it.
      if (outcome === 'done' && running?.image) encodeCrashes.delete(keyOfImage(running.image))
      const own = running?.kind === 'encode' || (running?.kind === 'segment' && running.urgency === null)
      if (own && (running?.kind === 'encode' || outcome === 'failed')) {
        if (running?.image) settled.add(keyOfImage(running.image))
      }
      running = null
    },
    putBack(blame) {
      const job = running
      running = null
      // What was in the memory of the process is gone; the disk may still have it.
      settled.clear()
      for (const [key, count] of encodeCrashes) if (count >= MAX_CRASHES) settled.add(key)
      if (job?.kind === 'encode') putBackEncode(job, blame)
      else if (job !== null) putBackAsked(job, blame)
    },
    refuseAll(error) {
      const jobs = [running, waiting.prompt, waiting.hover, ...later.splice(0)]
      running = null
      waiting.prompt = null
      waiting.hover = null
      for (const job of jobs) if (job !== null && job.kind !== 'encode') job.refuse(error)
    },
  }
}
