/**
 * The status that the user sees of inference: its state, how long the running encode takes, the images whose embedding
 * is in memory. Owns its listeners, and calls them only when the status has changed.
 */
import type { InferenceStatus } from '../../../common/contract/inference.ts'
import type { ImageId } from '../../../common/model.ts'
import { keyOfImage, type InferenceImage } from '../image.ts'
import type { Link } from './link.ts'
import { createRunningMedian } from './median.ts'
import type { HeldImage } from '../messages.ts'

/** A shorter decode, ms, does not appear in the status: it is over before it could be read, and would be delayed. */
const SHOWN_DECODE_MS = 300

export interface StatusBoard {
  status(): InferenceStatus
  onStatus(listener: (status: InferenceStatus) => void): () => void
  /** To be called when the link or the queue may have changed. */
  publish(): void
  /** An image of the project that is open now. */
  know(image: InferenceImage): void
  isHeld(image: InferenceImage): boolean
  encoding(): void
  /** A decode has begun; it is in the status once it has lasted a while. */
  decoding(): void
  /** The first mask is there: the decode of the others is not shown. */
  decoded(): void
  /** @param encode how long the encode of a whole image took, ms */
  took(encode: number): void
  /** No job runs. @param held the images whose embedding the process has in memory */
  rest(held: readonly HeldImage[]): void
}

/**
 * @param getLink not called before the first of the functions is
 * @param running the image of the running job
 * @param hands processes that share long work; not called earlier than `getLink`
 */
export const createStatusBoard = (
  getLink: () => Pick<Link, 'phase' | 'loaded' | 'message' | 'server'>,
  running: () => InferenceImage | null,
  hands: () => number,
): StatusBoard => {
  const encodeTimes = createRunningMedian()
  const listeners = new Set<(status: InferenceStatus) => void>()
  const known = new Map<ImageId, string>()
  let held: readonly HeldImage[] = []
  let stage: 'encoding' | 'decoding' | null = null
  let lateDecode: NodeJS.Timeout | undefined
  let published = ''

  const stateOf = (): InferenceStatus['state'] => {
    const phase = getLink().phase()
    if (phase === 'closed') return 'unavailable'
    return phase === 'ready' ? (stage ?? 'idle') : phase
  }

  const status = (): InferenceStatus => {
    const link = getLink()
    return {
      state: stateOf(),
      imageId: stage === null ? null : (running()?.id ?? null),
      expectedMs: stage === 'encoding' ? encodeTimes.value() : null,
      modelId: link.loaded()?.modelId ?? null,
      provider: link.loaded()?.provider ?? null,
      server: link.server(),
      ...(hands() > 0 && { hands: hands() }),
      message: link.message(),
      // Another project's images have the same ids, but other files; an image that is shown in another way is another.
      ready: held.filter(({ id, key }) => (known.get(id) ?? key) === key).map(({ id }) => id),
    }
  }

  const publish = () => {
    const now = status()
    const text = JSON.stringify(now)
    if (text === published) return
    published = text
    for (const listener of listeners) listener(now)
  }

  const setStage = (now: typeof stage) => {
    clearTimeout(lateDecode)
    stage = now
  }

  return {
    status,
    onStatus(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    publish,
    know: (image) => void known.set(image.id, keyOfImage(image)),
    isHeld: (image) => held.some(({ key }) => key === keyOfImage(image)),
    encoding() {
      setStage('encoding')
      publish()
    },
    decoding() {
      clearTimeout(lateDecode)
      lateDecode = setTimeout(() => {
        setStage('decoding')
        publish()
      }, SHOWN_DECODE_MS)
    },
    decoded: () => clearTimeout(lateDecode),
    took: (encode) => encodeTimes.add(encode),
    rest(nowHeld) {
      setStage(null)
      held = nowHeld
    },
  }
}
