/**
 * The decoder processes as their parent sees them: gives each one task at a time, the most urgent first, ends one that
 * takes too long, and goes on with another. What a process dies of costs the picture that it had, and no other.
 */
import { bytesText } from '../../../common/bytes.ts'
import type { CropWindow } from '../../../common/contract/gallery.ts'
import type { Rendition } from '../../../common/rendition.ts'
import { CodedError } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import type { DecoderProcess } from './process.ts'
import { tooLong, unreadable } from '../failures.ts'
import { DECODER_BYTES, secondsFor } from '../limits.ts'
import type { FromDecoder, Make, Outcome, ToDecoder } from './messages.ts'

export interface DecoderPool {
  /** @throws CodedError internal where no process can be started, cancelled when the pool was closed */
  make(
    make: Make,
    file: string,
    rendition?: Rendition | null,
    windows?: readonly CropWindow[],
  ): Promise<Outcome>
  /** Starts a process before it is needed: it takes some 0.3 s until it listens. */
  warm(): void
  /** Ends the processes; what was asked is refused. */
  close(): void
}

export interface DecoderPoolOptions {
  readonly startProcess: () => DecoderProcess
  /** How long a picture of this number of pixels may take, seconds. */
  readonly seconds?: (pixels: number) => number
}

/** One more than the list may keep busy, for the image on screen. */
const PROCESSES = 3
const THUMBNAILS_AT_ONCE = 2
/** Of a process that does not even start. */
const START_SECONDS = 30
/** How many processes in a row may die before one of them is ready. */
const MAX_FAILED_STARTS = 3
/** Of a drive that does not answer. */
const READ_SECONDS = 120
/** A process may be ended by others (a system short of memory); a picture whose process ended so often is the reason. */
const MAX_DEATHS = 2
/** Processes with nothing to do are ended after this, seconds; one takes some 60 MB. */
const IDLE_SECONDS = 30

interface Task extends Pick<ToDecoder, 'make' | 'file' | 'rendition' | 'windows'> {
  readonly settle: (outcome: Outcome) => void
  readonly refuse: (error: CodedError) => void
  deaths: number
  /** Its number with the process that has it. */
  job: number
}

interface Slot {
  readonly process: DecoderProcess
  ready: boolean
  task: Task | null
  /** The next thumbnail, which the process has in its queue already, so that it never waits between two. */
  ahead: Task | null
  /** The file is read, and what is decoded now is its own doing. */
  decoding: boolean
  /** Seconds that the task, the start or doing nothing has lasted, and those that it may. */
  seconds: number
  limit: number
}

const fresh = { task: null, ahead: null, decoding: false, seconds: 0, limit: START_SECONDS }

const cantStart = (reason: string) =>
  new CodedError(
    'internal',
    said("Pictures can't be decoded: the process for it does not start ({reason}). Start Maskwright again.", {
      reason,
    }),
  )

const silent = () => unreadable(said("The file can't be read: its drive does not answer."))

const deadly = () =>
  unreadable(
    said(
      'Decoding this picture ended the process for it: the file is damaged, or takes more than {decoderBytes} of memory. It is tried again when the file changes.',
      { decoderBytes: bytesText(DECODER_BYTES) },
    ),
  )

export const createDecoderPool = ({
  startProcess,
  seconds = secondsFor,
}: DecoderPoolOptions): DecoderPool => {
  const slots = new Set<Slot>()
  const queue: Task[] = []
  let jobs = 0
  let failedStarts = 0
  let closed = false
  let clock: NodeJS.Timeout | null = null

  const isThumbnail = ({ make }: Task) => make === 'thumbnail' || make === 'crops'

  const thumbnailsRunning = () => [...slots].filter(({ task }) => task !== null && isThumbnail(task)).length

  /** The picture on screen, then copies of an export in their order, then the thumbnail that was asked for last. */
  const takeNext = (): Task | null => {
    const find = (wanted: (task: Task) => boolean) => queue.findIndex(wanted)
    const urgent = find(({ make }) => make === 'display' || make === 'tones')
    const other = urgent >= 0 ? urgent : find((task) => !isThumbnail(task))
    const thumbnail = thumbnailsRunning() < THUMBNAILS_AT_ONCE ? queue.findLastIndex(isThumbnail) : -1
    const at = other >= 0 ? other : thumbnail
    return at < 0 ? null : queue.splice(at, 1)[0]!
  }

  const begin = (slot: Slot, task: Task | null) => {
    slot.task = task
    slot.decoding = false
    slot.seconds = 0
    slot.limit = READ_SECONDS
  }

  const post = (slot: Slot, task: Task) => {
    task.job = ++jobs
    const { job, make, file, rendition, windows } = task
    slot.process.post({ job, make, file, rendition, windows })
  }

  const give = (slot: Slot, task: Task) => {
    begin(slot, task)
    post(slot, task)
  }

  /** While it makes a thumbnail, it is sent the next. */
  const giveAhead = (slot: Slot) => {
    if (slot.task === null || !isThumbnail(slot.task) || slot.ahead !== null) return
    const at = queue.findLastIndex(isThumbnail)
    const task = at < 0 ? undefined : queue.splice(at, 1)[0]
    if (task === undefined) return
    slot.ahead = task
    post(slot, task)
  }

  const refuseAll = (error: CodedError) => {
    for (const { refuse } of queue.splice(0)) refuse(error)
  }

  const onMessage = (slot: Slot, told: FromDecoder) => {
    if (told.type === 'ready') {
      slot.ready = true
      failedStarts = 0
    } else if (told.job !== slot.task?.job) return
    else if (told.type === 'claims') {
      slot.decoding = true
      slot.seconds = 0
      slot.limit = seconds(told.pixels)
      return
    } else {
      const { task } = slot
      begin(slot, slot.ahead)
      slot.ahead = null
      if (told.type === 'done') task.settle({ type: 'made', picture: told.picture })
      else {
        const { code, message } = told.error
        const error =
          code === 'image-unreadable'
            ? new CodedError(code, message)
            : unreadable(said('The file is damaged.'), message)
        task.settle({ type: 'refused', error, lasting: told.lasting })
      }
    }
    pump()
  }

  const onExit = (slot: Slot, reason: string) => {
    if (!slots.delete(slot)) return
    const { task, ahead, ready } = slot
    if (ahead !== null) queue.push(ahead)
    if (!ready && ++failedStarts >= MAX_FAILED_STARTS) {
      failedStarts = 0
      refuseAll(cantStart(reason))
    }
    if (task !== null) {
      task.deaths++
      if (task.deaths < MAX_DEATHS) queue.push(task)
      else task.settle({ type: 'refused', error: deadly(), lasting: true })
    }
    pump()
  }

  const end = (slot: Slot) => {
    slots.delete(slot)
    slot.process.kill()
  }

  const start = () => {
    const process = startProcess()
    const slot: Slot = { process, ready: false, ...fresh }
    slots.add(slot)
    process.onMessage((told) => onMessage(slot, told))
    process.onExit((reason) => onExit(slot, reason))
  }

  /** A second that the machine slept or this process was held up counts as one. */
  const tick = () => {
    for (const slot of slots) {
      slot.seconds++
      if (slot.task === null && slot.ready) {
        if (slot.seconds >= IDLE_SECONDS) end(slot)
      } else if (slot.seconds >= slot.limit) {
        end(slot)
        const { task, ahead, decoding, limit } = slot
        if (ahead !== null) queue.push(ahead)
        if (task === null) refuseAll(cantStart(said('not within {limit} seconds', { limit })))
        else task.settle({ type: 'refused', error: decoding ? tooLong(limit) : silent(), lasting: decoding })
      }
    }
    pump()
  }

  /** @param least processes that are wanted, whatever is to be done */
  const pump = (least = 0) => {
    for (const slot of slots) {
      if (!slot.ready || slot.task !== null) continue
      const task = takeNext()
      if (task === null) break
      give(slot, task)
    }
    for (const slot of slots) giveAhead(slot)
    const starting = [...slots].filter(({ ready }) => !ready).length
    const thumbnails = queue.filter(isThumbnail).length
    const forQueue =
      queue.length - thumbnails + Math.min(thumbnails, THUMBNAILS_AT_ONCE - thumbnailsRunning())
    const wanted = Math.max(least, forQueue)
    try {
      for (let more = wanted - starting; more > 0 && slots.size < PROCESSES; more--) start()
    } catch (thrown) {
      refuseAll(cantStart(thrown instanceof Error ? thrown.message : String(thrown)))
    }
    if (slots.size > 0) clock ??= setInterval(tick, 1000).unref()
    else if (clock !== null) {
      clearInterval(clock)
      clock = null
    }
  }

  return {
    make: (make, file, rendition = null, windows) =>
      new Promise((settle, refuse) => {
        if (closed) return refuse(new CodedError('cancelled', said('Maskwright is closing.')))
        queue.push({ make, file, rendition, windows, settle, refuse, deaths: 0, job: 0 })
        pump()
      }),
    warm() {
      if (!closed && slots.size === 0) pump(1)
    },
    close() {
      closed = true
      const ending = [...slots]
      for (const slot of ending) end(slot)
      const error = new CodedError('cancelled', said('Maskwright is closing.'))
      refuseAll(error)
      for (const { task, ahead } of ending) for (const held of [task, ahead]) held?.refuse(error)
      if (clock !== null) clearInterval(clock)
    },
  }
}
