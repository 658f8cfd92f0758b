/**
 * The life of the inference process: start, load the model, start again when it dies, give up, end. Knows nothing of
 * jobs. What comes from a process that is no longer the running one is dropped here.
 */
import { join } from 'node:path'
import { CodedError } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import type { InferenceProcess } from '../process.ts'
import type { InferenceOptions } from './inference.ts'
import type { ModelChoice } from '../manifest.ts'
import type { FromHost, ToHost } from '../messages.ts'
import type { ServerLimits, ServerState } from '../server.ts'
import { chooseModel, type Models } from './models.ts'

/**
 * Embeddings in the memory of the process, bytes: 10 images of 2 MB, more than the image on screen and all that is
 * encoded around it. More would only save the 2 ms that the disk takes.
 */
const MEMORY_BYTES = 20 * 2 ** 20
/** How many processes may die in a row before the model is loaded; then it is given up. */
const MAX_FAILED_STARTS = 3
/** The provider that is everywhere. */
export const CPU = 'cpu'
/** The setting that leaves the choice to the race. */
export const AUTO = 'auto'
/** How long close() waits for the process to end by itself, ms. */
const CLOSE_MS = 5000

type Phase = 'starting' | 'restarting' | 'ready' | 'unavailable' | 'closed'

/** What the running process has said of itself. */
interface Loaded {
  readonly modelId: string
  readonly provider: string
  /** Of each image's embedding. */
  readonly embeddingBytes: number
  readonly providers: readonly string[]
}

export type WorkMessage = Exclude<
  FromHost,
  { type: 'hello' | 'loaded' | 'unusable' | 'notice' | 'server' | 'server-tried' | 'measured' }
>

export interface LinkPorts {
  readonly startProcess: () => InferenceProcess
  readonly models: Models
  readonly dataFolder: string
  readonly options: InferenceOptions
  readonly serverLimits: ServerLimits
  /** The process runs when nobody else needs the processor. */
  readonly givesWay: boolean
  /** The provider that won the race of this model here; the CPU before there was one. */
  readonly fastest: (choice: ModelChoice) => Promise<string>
  readonly log: (message: string) => void
  /** Answers of the running process. */
  readonly onWork: (said: WorkMessage) => void
  /** The process and all it held are gone; a new one starts. `crashed` is false when it was ended on purpose. */
  readonly onGone: (crashed: boolean) => void
  readonly onUnavailable: (error: CodedError) => void
  /** Called when the phase, the loaded model or the message has changed. */
  readonly onChange: () => void
}

export interface Link {
  phase(): Phase
  /** Null until the model is loaded. */
  loaded(): Loaded | null
  /** For the status bar: a restart, a fallback, why it is unavailable. */
  message(): string | null
  /** Of the server that encodes; null without one. */
  server(): ServerState | null
  /** The user works on: the message that the process was started again is no longer shown. */
  forgetRestart(): void
  post(message: ToHost): void
  /** The process misbehaves: ends it as if it had crashed. */
  kill(): void
  /** Tries again when unavailable: what was missing may be there by now. */
  retry(): void
  /** Applies changed options. Also loads the chosen model if it was missing before and has been installed since. */
  use(options: InferenceOptions): void
  /** Loads the model anew, on the provider that has won meanwhile. */
  reload(): void
  close(): Promise<void>
}

const RESTARTED = said('The inference process ended unexpectedly and was started again; nothing was lost.')

/** A process that runs with the one runs with the other. */
export const isSameRun = (one: InferenceOptions, other: InferenceOptions): boolean =>
  one.modelId === other.modelId &&
  one.provider === other.provider &&
  one.threads === other.threads &&
  one.server?.url === other.server?.url &&
  one.server?.model === other.server?.model

const joinMessages = (...parts: readonly (string | null)[]) =>
  parts.filter((part) => part !== null).join(' ') || null

/** Starts at once. */
export const createLink = (ports: LinkPorts): Link => {
  const { startProcess, models, log, onWork, onGone, onUnavailable, onChange } = ports
  let options = ports.options
  let phase: Phase = 'starting'
  let process: InferenceProcess | null = null
  let loaded: Loaded | null = null
  let message: string | null = null
  /** What the process has said since it started; null again when it is over. */
  let notice: string | null = null
  /** Where the server stands; null without one. */
  let sight: { readonly state: ServerState; readonly message: string | null } | null = null
  let restarted = false
  let failedStarts = 0
  /** The model that the running process was asked to load. */
  let loading: string | null = null
  /** The provider that it was asked to use. */
  let loadingOn: string = CPU
  /** The message that says that the CPU is used, because processes with the chosen provider died; null when it is not. */
  let fallback: string | null = null

  const giveUp = (error: CodedError) => {
    const ending = process
    process = null
    ending?.kill()
    phase = 'unavailable'
    restarted = false
    fallback = null
    loaded = null
    message = error.message
    log(error.message)
    onUnavailable(error)
    onChange()
  }

  const onCrash = (reason: string) => {
    process = null
    log(said('The inference process ended: {reason}.', { reason }))
    failedStarts = phase === 'ready' ? 0 : failedStarts + 1
    onGone(true)
    if (failedStarts >= MAX_FAILED_STARTS) {
      if (fallback === null && loadingOn !== CPU) {
        fallback = said("{provider} can't be used here ({why}); the CPU is used instead.", {
          provider: loadingOn,
          why: reason,
        })
        restarted = false
        return start('restarting')
      }
      const text = said('The inference process ended {failedStarts} times before it was ready: {reason}.', {
        failedStarts,
        reason,
      })
      return giveUp(new CodedError('inference-failed', text))
    }
    restarted = true
    start('restarting')
  }

  const providerFor = async (choice: ModelChoice): Promise<string> => {
    if (fallback !== null) return CPU
    return options.provider === AUTO ? ports.fastest(choice) : options.provider
  }

  /** @returns a message for the user when another model than the chosen one is loaded */
  const load = async (mine: InferenceProcess, choosing: ReturnType<typeof chooseModel>) => {
    const { choice, message: instead } = await choosing
    if (process !== mine) return null
    if (choice === null) {
      giveUp(new CodedError('model-unavailable', instead))
      return null
    }
    loading = choice.variant.id
    const { server = null } = options
    const provider = await providerFor(choice)
    if (process !== mine) return null
    loadingOn = provider
    mine.post({
      type: 'load',
      model: choice,
      provider,
      threads: options.threads,
      embeddingFolder: join(ports.dataFolder, 'embeddings'),
      embeddingBytes: options.embeddingBytes,
      memoryBytes: MEMORY_BYTES,
      givesWay: ports.givesWay,
      server: server && { ...server, model: server.model || loading, ...ports.serverLimits },
    })
    return instead
  }

  const onLoaded = (said: Extract<FromHost, { type: 'loaded' }>) => {
    failedStarts = 0
    phase = 'ready'
    const { modelId, provider, providers, embeddingBytes } = said
    loaded = { modelId, provider, providers, embeddingBytes }
    message = joinMessages(message, said.message)
    onChange()
  }

  const onMessage = (mine: InferenceProcess, said: FromHost, choosing: ReturnType<typeof chooseModel>) => {
    switch (said.type) {
      case 'hello':
        void load(mine, choosing).then((instead) => {
          if (process !== mine || instead === null) return
          message = joinMessages(instead, message)
          onChange()
        })
        return
      case 'loaded':
        return onLoaded(said)
      case 'unusable':
        return giveUp(new CodedError(said.error.code, said.error.message))
      case 'server-tried':
      case 'measured':
        return
      case 'server':
        sight = { state: said.state, message: said.message }
        if (said.message !== null) log(said.message)
        return onChange()
      case 'notice':
        notice = said.message
        if (notice !== null) log(notice)
        return onChange()
      case 'stage':
      case 'encoded':
      case 'segmented':
      case 'alternatives':
      case 'prepared':
      case 'aside':
      case 'failed':
        return onWork(said)
    }
  }

  const start = (as: 'starting' | 'restarting') => {
    phase = as
    loaded = null
    loading = null
    loadingOn = options.provider === AUTO ? CPU : options.provider
    message = null
    notice = null
    sight = null
    // The files are checked while the process starts.
    const choosing = chooseModel(models, options.modelId)
    const mine = startProcess()
    process = mine
    mine.onMessage((said) => {
      if (process === mine) onMessage(mine, said, choosing)
    })
    mine.onExit((reason) => {
      if (process === mine) onCrash(reason)
    })
    onChange()
  }

  const restart = () => {
    const ending = process
    process = null
    ending?.kill()
    failedStarts = 0
    fallback = null
    onGone(false)
    start('restarting')
  }

  /** The chosen model was missing or damaged when the process started; loads it if it can be used now. */
  const takeUp = async () => {
    const isInPlace = () => phase !== 'unavailable' && (loading === null || loading === options.modelId)
    const { modelId } = options
    if (isInPlace()) return
    const { choice } = await chooseModel(models, modelId)
    if (phase !== 'closed' && choice?.variant.id === options.modelId && !isInPlace()) restart()
  }

  start('starting')

  return {
    phase: () => phase,
    loaded: () => loaded,
    message: () =>
      joinMessages(restarted ? RESTARTED : null, fallback, message, sight?.message ?? null, notice),
    server: () => sight?.state ?? null,
    forgetRestart() {
      if (phase === 'ready') restarted = false
    },
    post: (said) => process?.post(said),
    kill: () => process?.kill(),
    retry() {
      if (phase === 'unavailable') restart()
    },
    use(next) {
      if (phase === 'closed') return
      const isSame = isSameRun(options, next)
      options = next
      if (!isSame) restart()
      else {
        process?.post({ type: 'budget', embeddingBytes: next.embeddingBytes })
        takeUp().catch((thrown: unknown) => log(String(thrown)))
      }
    },
    reload() {
      if (phase === 'ready') restart()
    },
    async close() {
      phase = 'closed'
      const ending = process
      process = null
      if (ending === null) return
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => {
          ending.kill()
          resolve()
        }, CLOSE_MS)
        ending.onExit(() => {
          clearTimeout(late)
          resolve()
        })
        ending.post({ type: 'close' })
      })
    },
  }
}
