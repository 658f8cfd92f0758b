/**
 * The core's side of inference: gives the process one job at a time, the most urgent first, and answers who asked.
 * The process holds nothing that a click needs, so that a new one answers as the old one would have.
 */
import type { SegmentAnswer, MaskQuestion } from '../../../common/segmentation.ts'
import { CodedError } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import type { InferenceProcess } from '../process.ts'
import type { Hand, Inference, InferenceOptions, Urgency } from './inference.ts'
import type { InferenceImage } from '../image.ts'
import { createMaskNames } from '../kept-masks.ts'
import { createCrews, sizeOfCrew } from './crew.ts'
import { AUTO, CPU, createLink, isSameRun, type WorkMessage } from './link.ts'
import type { HeldImage, SideAnswer, ToHost } from '../messages.ts'
import { serverLimits as usualServerLimits, type ServerLimits } from '../server.ts'
import type { Machine } from './machine.ts'
import { createModels } from './models.ts'
import { createProviderMemory } from './provider-memory.ts'
import { createRacing } from './racing.ts'
import { createQueue, type Job, type AskedJob, type SegmentJob } from './queue.ts'
import { createStatusBoard } from './status.ts'
import { tryServer } from './try-server.ts'

export interface InferencePorts {
  readonly startProcess: () => InferenceProcess
  /** Folders with one subfolder a model; the bundled models first. */
  readonly modelFolders: readonly string[]
  /** Embeddings are kept in its subfolder `embeddings`. */
  readonly dataFolder: string
  readonly options: InferenceOptions
  /** Others than the usual, for tests. */
  readonly serverLimits?: ServerLimits
  /** Names this machine and its drivers: what was measured holds for it alone. Without it nothing is remembered. */
  readonly describeMachine?: () => Promise<string>
  /** A model that was not measured here yet is, when nothing was asked for a while, ms; null: only on request. */
  readonly measureAfterMs?: number | null
  /** Long work may be shared by several processes; without it all is done by one. */
  readonly crew?: {
    /** A person may need this computer meanwhile. */
    readonly givesWay: boolean
    readonly describeComputer: () => Promise<Machine | null>
  }
  /** Runs when nobody else needs the processor. */
  readonly givesWay?: boolean
  readonly log?: (message: string) => void
}

type SegmentedMessage = Extract<WorkMessage, { type: 'segmented' }>

/** Starts the process and loads the model at once, so that they are there at the first click. */
export const createInference = (ports: InferencePorts): Inference => {
  const { log = () => undefined, serverLimits = usualServerLimits } = ports
  const models = createModels(ports.modelFolders)
  const queue = createQueue()
  const board = createStatusBoard(
    () => link,
    () => queue.running()?.image ?? null,
    () => crews.size(),
  )
  const masks = createMaskNames()
  const whenStarted = new Set<() => void>()
  let chosen = ports.options
  const race = createRacing({
    startProcess: ports.startProcess,
    models,
    memory: createProviderMemory(ports.dataFolder, ports.describeMachine ?? (() => Promise.resolve(''))),
    options: () => chosen,
    providers: () => link.loaded()?.providers ?? null,
    // A model that runs on what has just won goes on with it.
    onWinner(modelId, winner) {
      if (
        chosen.provider === AUTO &&
        link.loaded()?.modelId === modelId &&
        link.loaded()?.provider !== winner
      ) {
        crews.retire()
        link.reload()
      }
    },
    afterMs: ports.measureAfterMs ?? null,
  })
  let jobNumber = 0
  /** The running job's answer, while its alternatives are on their way. */
  let partial: SegmentedMessage | null = null
  let sentAt = 0

  const segmentMessage = ({ image, request, urgency }: SegmentJob): ToHost => {
    const { maskInput } = request
    const mask = maskInput === null ? null : masks.nameOf(maskInput, jobNumber)
    const sent = mask === null ? request : { ...request, maskInput: null }
    return { type: 'segment', job: jobNumber, image, request: sent, mask, interactive: urgency === null }
  }

  const messageOf = (job: Job): ToHost => {
    const { kind, image } = job
    if (kind === 'segment') return segmentMessage(job)
    if (kind === 'side') return { type: kind, job: jobNumber, image, question: job.question }
    return kind === 'encode'
      ? { type: kind, job: jobNumber, image }
      : { type: kind, job: jobNumber, image, mirrored: job.mirrored }
  }

  const pump = () => {
    const job = link.phase() === 'ready' ? queue.next((image) => board.isHeld(image)) : null
    if (job !== null) {
      sentAt = performance.now()
      jobNumber++
      link.post(messageOf(job))
      // Until the process says that it encodes: it may have to read the file first.
      if (job.kind === 'segment') board.decoding()
    }
    board.publish()
  }

  /** The job is over. @param nowHeld the images whose embedding the process has in memory */
  const forgetWork = (nowHeld: readonly HeldImage[]) => {
    partial = null
    board.rest(nowHeld)
  }

  const finish = (outcome: 'done' | 'failed', nowHeld: readonly HeldImage[]) => {
    forgetWork(nowHeld)
    queue.finish(outcome)
    pump()
  }

  /** An answer with other ids than were asked with must never be shown. */
  const distrust = (said: WorkMessage) => {
    log(`The inference process answered job ${said.job} with the wrong ids; it is started again.`)
    link.kill()
  }

  const onWork = (said: WorkMessage) => {
    const job = queue.running()
    if (job === null || said.job !== jobNumber) {
      log(`A stale answer of the inference process was dropped (job ${said.job}).`)
      return
    }
    switch (said.type) {
      case 'stage':
        return said.stage === 'encoding' ? board.encoding() : board.decoding()
      case 'encoded':
        if (job.kind !== 'encode' || said.imageId !== job.image.id) return distrust(said)
        if (said.source === 'encoder') board.took(said.encode)
        return finish('done', said.held)
      case 'prepared':
        if (job.kind !== 'prepare' || said.imageId !== job.image.id) return distrust(said)
        job.answer(said.made)
        return finish('done', said.held)
      case 'aside':
        if (job.kind !== 'side') return distrust(said)
        job.answer(said.answer)
        return finish('done', said.held)
      case 'segmented': {
        const { answer } = said
        const { timings, crop } = answer
        if (job.kind !== 'segment' || answer.imageId !== job.image.id) return distrust(said)
        if (answer.revision !== job.request.revision) return distrust(said)
        const whole = crop.width === answer.width && crop.height === answer.height
        if (said.source === 'encoder' && whole) board.took(timings.encode)
        if (job.urgency === null) masks.answered(jobNumber, answer.candidates)
        const timed = { ...answer, timings: { ...timings, wait: sentAt - job.askedAt } }
        if (answer.more > 0) {
          partial = { ...said, answer: timed }
          board.decoded()
          return job.first?.(timed)
        }
        job.answer(timed)
        return finish('done', said.held)
      }
      case 'alternatives': {
        if (job.kind !== 'segment' || partial === null) return distrust(said)
        const { answer, held: nowHeld } = partial
        if (job.urgency === null) masks.answered(jobNumber, said.candidates)
        job.answer({ ...answer, candidates: [...answer.candidates, ...said.candidates], more: 0 })
        return finish('done', nowHeld)
      }
      case 'failed': {
        const code = said.error.code === 'internal' ? 'inference-failed' : said.error.code
        if (job.kind !== 'encode') job.refuse(new CodedError(code, said.error.message))
        else log(`${job.image.file} was not encoded: ${said.error.message}`)
        return finish('failed', said.held)
      }
    }
  }

  const settleStart = () => {
    for (const done of whenStarted) done()
    whenStarted.clear()
  }

  const link = createLink({
    startProcess: ports.startProcess,
    models,
    dataFolder: ports.dataFolder,
    options: ports.options,
    serverLimits,
    givesWay: ports.givesWay ?? false,
    fastest: (choice) => race.fastest(choice),
    log,
    onWork,
    onGone(crashed) {
      masks.forget()
      forgetWork([])
      queue.putBack(crashed)
    },
    onUnavailable(error) {
      forgetWork([])
      queue.refuseAll(error)
      settleStart()
    },
    onChange() {
      // The first change comes from within createLink, before `link` is there.
      queueMicrotask(() => {
        if (link.loaded() !== null) {
          settleStart()
          race.rest()
        }
        pump()
      })
    },
  })

  const ask = (job: AskedJob) => {
    if (link.phase() === 'closed')
      return job.refuse(new CodedError('cancelled', said('Maskwright is closing.')))
    if (job.image !== null) board.know(job.image)
    queue.ask(job)
    race.disturb()
    link.retry()
    if (job.kind === 'segment' && job.urgency === null && job.request.purpose === 'prompt')
      link.forgetRestart()
    pump()
  }
  const started = async () => {
    const phase = link.phase()
    if (phase === 'starting' || phase === 'restarting')
      await new Promise<void>((resolve) => whenStarted.add(resolve))
  }
  const askSegment = (
    image: InferenceImage,
    request: MaskQuestion,
    urgency: Urgency | null,
    first?: (first: SegmentAnswer) => void,
  ) =>
    new Promise<SegmentAnswer>((answer, refuse) => {
      ask({ kind: 'segment', image, request, askedAt: performance.now(), answer, first, refuse, urgency })
    })

  const main: Hand = {
    segmentLater: (image, request, urgency) => askSegment(image, request, urgency),
    prepare: (image, mirrored) =>
      new Promise((answer, refuse) => {
        ask({ kind: 'prepare', image, mirrored, urgency: 'prepare', answer, refuse })
      }),
  }

  const crews = createCrews({
    main,
    startHand: (threads) =>
      createInference({
        ...ports,
        options: { ...chosen, provider: CPU, threads },
        givesWay: ports.crew?.givesWay ?? false,
        measureAfterMs: null,
      }),
    async sizeFor(images) {
      await started()
      if (ports.crew === undefined || link.loaded()?.provider !== CPU || chosen.server) return null
      const machine = await ports.crew.describeComputer()
      if (machine === null) return null
      const { cores, memory } = machine
      return sizeOfCrew(chosen.threads > 0 ? Math.min(cores, chosen.threads) : cores, images, memory)
    },
    onAsked: () => race.disturb(),
    onChange: () => board.publish(),
  })

  return {
    focus(current, ahead) {
      for (const image of [current, ...ahead]) if (image !== null) board.know(image)
      queue.focus(current, ahead)
      race.disturb()
      pump()
    },
    segment: (image, request, onFirst) => askSegment(image, request, null, onFirst),
    ...main,
    hire: (images) => crews.hire(images),
    aside: (image, question, urgency) =>
      new Promise((resolve, refuse) => {
        // The process answers what it was asked: the two are tied in `SideAnswers`.
        const answer = resolve as (answer: SideAnswer) => void
        ask({ kind: 'side', image, question, urgency, answer, refuse })
      }),
    status: () => board.status(),
    onStatus: (listener) => board.onStatus(listener),
    async models() {
      const found = await models.list()
      return Promise.all(
        found.map(async ({ info, choice }) => ({
          ...info,
          problem: info.problem ?? (choice === null ? null : await models.verify(choice)),
        })),
      )
    },
    async embeddingBytes() {
      await started()
      return link.loaded()?.embeddingBytes ?? null
    },
    async providers() {
      await started()
      return [...(link.loaded()?.providers ?? ['cpu'])]
    },
    tryServer: (address) => {
      const { modelId, threads } = chosen
      return tryServer(
        { startProcess: ports.startProcess, models, modelId, threads, limits: serverLimits },
        address,
      )
    },
    measure: (modelId, signal, onResult) => race.run(modelId, signal, onResult),
    measured: () => race.measured(),
    use(options) {
      if (!isSameRun(chosen, options)) crews.retire()
      chosen = options
      link.use(options)
    },
    async close() {
      race.close()
      const closing = Promise.all([link.close(), crews.close()])
      board.rest([])
      queue.refuseAll(new CodedError('cancelled', said('Maskwright is closing.')))
      settleStart()
      await closing
    },
  }
}
