/**
 * Entry of the inference process: the wire around engine.ts. Runs under child_process.fork and as a utilityProcess of
 * Electron. Messages are answered in the order they came.
 */
import { setPriority } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { toErrorReply } from '../../../common/errors.ts'
import { keepOffPool } from './affinity.ts'
import { createEngine, type Engine } from './engine.ts'
import { createMaskKeep } from '../kept-masks.ts'
import type { FromHost, ToHost } from '../messages.ts'
import { measureProvider } from './measure.ts'
import { owned } from './sam.ts'
import { runServerTrial } from './server/trial.ts'
import { listProviders } from './sessions.ts'

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  postMessage(message: FromHost): void
  on(event: 'message', listener: (event: { data: ToHost }) => void): void
}

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort }

const post = (message: FromHost) => {
  if (parentPort !== undefined) parentPort.postMessage(message)
  // To a parent that was killed nothing can be said; `disconnect` ends this process.
  else process.send?.(message, undefined, undefined, () => undefined)
}

/** After this much idle time, ms, the process frees the memory that encodes took (250 MB); a click is unlikely then. */
const IDLE_MS = 4000

/**
 * How long after the first mask its alternatives are packed, ms: they are asked for when it is painted, and packing
 * 768 kB would keep a processor from whoever paints it. A message ends the wait.
 */
const ALTERNATIVES_MS = 20
let hurry: () => void = () => undefined

let engine: Engine | null = null
const masks = createMaskKeep()

/** What was encoded is on disk before the process ends in order. */
const end = async () => {
  await engine?.settle()
  process.exit(0)
}

/** Where both want the processor a click of the person in the app has nine parts of ten. Windows: below normal. */
const LAST_IN_LINE = 10

const giveWay = () => {
  try {
    setPriority(LAST_IN_LINE)
  } catch {
    // Not allowed here: it goes on as any process does.
  }
}

const load = async (message: Extract<ToHost, { type: 'load' }>) => {
  // Before the model's threads start: they are as urgent as the one that starts them.
  if (message.givesWay === true) giveWay()
  try {
    engine = await createEngine(
      message,
      (text) => post({ type: 'notice', message: text }),
      (sight) => post({ type: 'server', ...sight }),
    )
    await keepOffPool()
    post({
      type: 'loaded',
      modelId: message.model.variant.id,
      provider: engine.provider,
      embeddingBytes: engine.embeddingBytes,
      providers: listProviders(),
      message: engine.message,
    })
  } catch (thrown) {
    post({ type: 'unusable', error: toErrorReply(thrown) })
  }
}

const work = async (message: Extract<ToHost, { type: 'encode' | 'segment' | 'prepare' }>) => {
  const { job, image } = message
  const report = (stage: 'encoding' | 'decoding') => post({ type: 'stage', job, imageId: image.id, stage })
  masks.begin(job)
  try {
    if (engine === null) throw new Error('No model is loaded.')
    if (message.type === 'encode') {
      const { source, encode } = await engine.encode(image, report)
      post({ type: 'encoded', job, imageId: image.id, source, encode, held: engine.held() })
    } else if (message.type === 'prepare') {
      const made = await engine.prepare(image, message.mirrored, report)
      post({ type: 'prepared', job, imageId: image.id, made, held: engine.held() })
    } else {
      const { mask, interactive } = message
      const request =
        mask === null ? message.request : { ...message.request, maskInput: masks.logitsOf(mask) }
      const { source, answer } = await engine.segment(image, request, report, interactive)
      const [first, ...others] = answer.candidates
      const candidates = [owned(first!)]
      if (interactive) masks.keep(job, candidates)
      const sent = { ...answer, candidates, more: others.length }
      post({ type: 'segmented', job, answer: sent, source, held: engine.held() })
      if (others.length === 0) return
      // Nobody waits for the first mask of work like everything mode.
      if (interactive)
        await Promise.race([wait(ALTERNATIVES_MS), new Promise<void>((resolve) => (hurry = resolve))])
      const alternatives = others.map(owned)
      if (interactive) masks.keep(job, alternatives)
      post({ type: 'alternatives', job, candidates: alternatives })
    }
  } catch (thrown) {
    post({ type: 'failed', job, error: toErrorReply(thrown), held: engine?.held() ?? [] })
  }
}

const answerAside = async ({ job, image, question }: Extract<ToHost, { type: 'side' }>) => {
  try {
    if (engine === null) throw new Error('No model is loaded.')
    const answer = await engine.aside(image, question)
    post({ type: 'aside', job, answer, held: engine.held() })
  } catch (thrown) {
    post({ type: 'failed', job, error: toErrorReply(thrown), held: engine?.held() ?? [] })
  }
}

const tryServer = async (message: Extract<ToHost, { type: 'try-server' }>) => {
  try {
    post({ type: 'server-tried', trial: await runServerTrial(message) })
  } catch (thrown) {
    post({ type: 'unusable', error: toErrorReply(thrown) })
  }
}

const measure = async (message: Extract<ToHost, { type: 'measure' }>) => {
  try {
    post({ type: 'measured', lap: await measureProvider(message) })
  } catch (thrown) {
    post({ type: 'unusable', error: toErrorReply(thrown) })
  }
}

const take = async (message: ToHost) => {
  switch (message.type) {
    case 'load':
      return load(message)
    case 'measure':
      return measure(message)
    case 'try-server':
      return tryServer(message)
    case 'encode':
    case 'segment':
    case 'prepare':
      return work(message)
    case 'side':
      return answerAside(message)
    case 'budget':
      return engine?.limit(message.embeddingBytes)
    case 'close':
      return end()
  }
}

let last: Promise<unknown> = Promise.resolve()
let idle: NodeJS.Timeout | undefined

const inTurn = (run: () => unknown) => {
  const mine = last
    .then(run)
    .catch((thrown: unknown) => post({ type: 'notice', message: toErrorReply(thrown).message }))
  last = mine
  return mine
}

const receive = (message: ToHost) => {
  clearTimeout(idle)
  hurry()
  if (message.type === 'close') engine?.leaveServer()
  const mine = inTurn(() => take(message))
  void mine.then(() => {
    if (last === mine) idle = setTimeout(() => void inTurn(() => engine?.relax()), IDLE_MS)
  })
}

if (parentPort !== undefined) parentPort.on('message', (event) => receive(event.data))
else {
  process.on('message', (message) => receive(message as ToHost))
  // The parent is gone, however it went: nobody will read the answers.
  process.on('disconnect', () => void end())
}
post({ type: 'hello' })
