/**
 * Long work over many images in several processes of few threads each: side by side they get more done than one with
 * all threads. The process that a person's clicks go to stays as it is, and is who does the work where no crew can be.
 */
import { CodedError } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import type { Crew, Hand, Inference } from './inference.ts'

/** More hands than this have more threads each instead: a process takes as much memory as it likes. */
const MOST_HANDS = 4
/** Fewer images than this are done before the start of the processes has paid. */
const FEWEST_IMAGES = 12
/** What a process takes at most while it encodes, bytes; with room for everything else. */
const HAND_BYTES = 700e6
/** Of the memory that is free, this share at most. */
const SHARE = 0.5

export interface CrewSize {
  readonly hands: number
  /** Of each. */
  readonly threads: number
}

/**
 * The division of the cores that leaves the fewest of them idle; of two alike the one with more hands. Pure.
 * @param memory bytes that are free
 * @returns null where one process does as well
 */
export const sizeOfCrew = (cores: number, images: number, memory: number): CrewSize | null => {
  const most = Math.min(MOST_HANDS, cores, images, Math.floor((SHARE * memory) / HAND_BYTES))
  const sizes = Array.from({ length: Math.max(0, most - 1) }, (_, i) => ({
    hands: most - i,
    threads: Math.floor(cores / (most - i)),
  }))
  return sizes.reduce<CrewSize | null>(
    (best, one) => (best !== null && best.hands * best.threads >= one.hands * one.threads ? best : one),
    null,
  )
}

export interface CrewParts {
  /** Who does what no hand can do. */
  readonly main: Hand
  /** A process of its own, which works on when a person needs nothing. */
  readonly startHand: (threads: number) => Hand & Pick<Inference, 'status' | 'close'>
  /** For so many images, as things are now; null: the main process alone. */
  readonly sizeFor: (images: number) => Promise<CrewSize | null>
  /** Called with each question: somebody is at work. */
  readonly onAsked: () => void
  /** Their number has changed. */
  readonly onChange: () => void
}

export interface Crews {
  hire(images: number): Promise<Crew>
  /** Processes that are at work. */
  size(): number
  /** Those that are hired stop, and their work goes to the main process. */
  retire(): void
  /** Refuses what they were asked. */
  close(): Promise<void>
}

type Started = ReturnType<CrewParts['startHand']>

/** Starts no process before the first hand is asked. */
export const createCrews = ({ main, startHand, sizeFor, onAsked, onChange }: CrewParts): Crews => {
  const started = new Set<Started>()
  const ending = new Set<Promise<void>>()
  let isClosed = false

  const end = (hand: Started) => {
    if (!started.delete(hand)) return
    const ended = hand.close().finally(() => ending.delete(ended))
    ending.add(ended)
    onChange()
  }

  const begin = (threads: number): Started => {
    const hand = startHand(threads)
    started.add(hand)
    onChange()
    return hand
  }

  const createHand = (threads: number): { hand: Hand; dismiss: () => void } => {
    let mine: Started | null = null
    let isDismissed = false
    const isEnding = () => isClosed || isDismissed
    /** Its process can't be had, or runs in another way than it should by now. */
    const isOut = () => mine !== null && (!started.has(mine) || mine.status().state === 'unavailable')
    const ask = async <T>(question: (of: Hand) => Promise<T>): Promise<T> => {
      if (isDismissed) throw new CodedError('cancelled', said('It was cancelled.'))
      onAsked()
      if (isClosed || isOut()) return question(main)
      mine ??= begin(threads)
      try {
        return await question(mine)
      } catch (thrown) {
        if (isEnding() || !isOut()) throw thrown
        end(mine)
        return question(main)
      }
    }
    const hand: Hand = {
      segmentLater: (...question) => ask((of) => of.segmentLater(...question)),
      prepare: (...question) => ask((of) => of.prepare(...question)),
    }
    const dismiss = () => {
      isDismissed = true
      if (mine !== null) end(mine)
    }
    return { hand, dismiss }
  }

  const retire = () => {
    for (const hand of started) end(hand)
  }

  return {
    async hire(images) {
      const size = images < FEWEST_IMAGES ? null : await sizeFor(images)
      if (size === null || isClosed) return { hands: [main], dismiss: () => undefined }
      const members = Array.from({ length: size.hands }, () => createHand(size.threads))
      return {
        hands: members.map(({ hand }) => hand),
        dismiss() {
          for (const member of members) member.dismiss()
        },
      }
    },
    size: () => started.size,
    retire,
    async close() {
      isClosed = true
      retire()
      await Promise.all(ending)
    },
  }
}
