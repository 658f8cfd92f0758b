/** An inference process that does nothing until the test says so. */
import { errorReplySchema } from '../../../../common/errors.ts'
import { keyOfImage } from '../../../../core/inference/image.ts'
import type { HeldImage, FromHost, LoadMessage, ToHost } from '../../../../core/inference/messages.ts'
import type { InferenceProcess } from '../../../../core/inference/process.ts'

type Work = Extract<ToHost, { type: 'encode' | 'segment' }>

export interface FakeProcess extends InferenceProcess {
  readonly posted: ToHost[]
  readonly killed: boolean
  say(message: FromHost): void
  crash(reason?: string): void
  /** The newest encode or segment message that is not answered. */
  job(): Work | null
  /** Ends that job well. */
  finish(change?: { imageId?: number; revision?: number; job?: number }): void
  /** Answers that job with mask 0 and says that `more` follow. */
  begin(more: number): void
  /** Ends the job that was begun. */
  follow(): void
  fail(code: 'image-unreadable' | 'inference-failed' | 'internal', message: string): void
  /** As a host whose model is loaded. */
  load(): void
}

export const createFakeProcess = (): FakeProcess => {
  const posted: ToHost[] = []
  const messages: ((message: FromHost) => void)[] = []
  const exits: ((reason: string) => void)[] = []
  const held: HeldImage[] = []
  let killed = false
  let ended = false
  let answered = 0
  let begun = 0

  const end = (reason: string) => {
    if (ended) return
    ended = true
    for (const listener of exits) listener(reason)
  }
  const say = (message: FromHost) => {
    if (!ended) for (const listener of messages) listener(message)
  }
  const jobs = () =>
    posted.filter((message): message is Work => message.type === 'encode' || message.type === 'segment')
  const job = () => jobs()[answered] ?? null
  const take = () => {
    const taken = job()
    if (taken === null) throw new Error('The fake process has nothing to do.')
    answered++
    return taken
  }

  return {
    posted,
    get killed() {
      return killed
    },
    post(message) {
      posted.push(message)
      if (message.type === 'close') queueMicrotask(() => end('it was asked to'))
    },
    onMessage: (listener) => void messages.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill() {
      killed = true
      queueMicrotask(() => end('killed'))
    },
    say,
    crash: (reason = 'signal SIGSEGV') => end(reason),
    job,
    begin(more) {
      begun = more
      this.finish()
      begun = 0
    },
    follow() {
      const { job } = jobs()[answered - 1]!
      const candidates = [1, 2, 3].map((index) => ({ index, score: 1, logits: new Float32Array(256 * 256) }))
      say({ type: 'alternatives', job, candidates })
    },
    finish(change = {}) {
      const taken = take()
      const { image } = taken
      if (!held.some(({ id }) => id === image.id)) held.push({ id: image.id, key: keyOfImage(image) })
      const imageId = change.imageId ?? image.id
      const number = change.job ?? taken.job
      if (taken.type === 'encode') {
        say({ type: 'encoded', job: number, imageId, source: 'encoder', encode: 200, held: [...held] })
        return
      }
      say({
        type: 'segmented',
        job: number,
        source: 'encoder',
        held: [...held],
        answer: {
          imageId,
          revision: change.revision ?? taken.request.revision,
          modelId: 'fake',
          width: 100,
          height: 100,
          crop: { x: 0, y: 0, width: 100, height: 100 },
          candidates: [{ index: 0, score: 1, logits: new Float32Array(256 * 256) }],
          canBeBetter: false,
          more: begun,
          timings: { wait: 0, encode: 200, decode: 15 },
        },
      })
    },
    fail(code, message) {
      const taken = take()
      say({
        type: 'failed',
        job: taken.job,
        error: errorReplySchema.parse({ code, message }),
        held: [...held],
      })
    },
    load() {
      const asked = posted.find((message): message is LoadMessage => message.type === 'load')
      if (asked === undefined) throw new Error('The fake process was not asked to load a model.')
      const { provider, model } = asked
      say({
        type: 'loaded',
        embeddingBytes: 2_097_152,
        modelId: model.variant.id,
        provider,
        providers: ['cpu', 'cuda'],
        message: null,
      })
    },
  }
}
