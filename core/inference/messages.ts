/**
 * Messages between the inference client (parent) and the inference host (child). Structured clone on both sides:
 * typed arrays cross as they are. The client sends one job at a time; the host answers each job exactly once (a
 * segment in one part or two), with the ids it was asked with.
 */
import type { Candidate, SegmentAnswer, MaskQuestion } from '../../common/segmentation.ts'
import type { ErrorReply } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import type { Detected, DetectQuestion, ProbedOutput, ProbeQuestion } from './detector.ts'
import type { Alike, AlikeQuestion, Followed, FollowQuestion } from './follow.ts'
import type { InferenceImage } from './image.ts'
import type { KeptMask } from './kept-masks.ts'
import type { ModelChoice } from './manifest.ts'
import type { ServerAddress, ServerState, ServerTrial } from './server.ts'

/** What is asked of the process beside masks, and what each is answered with. */
export interface SideAnswers {
  readonly detect: { readonly question: DetectQuestion; readonly answer: Detected }
  readonly follow: { readonly question: FollowQuestion; readonly answer: Followed }
  readonly alike: { readonly question: AlikeQuestion; readonly answer: Alike }
  readonly probe: { readonly question: ProbeQuestion; readonly answer: ProbedOutput[] }
}
export type SideKind = keyof SideAnswers
export type SideQuestion = SideAnswers[SideKind]['question']
export type SideAnswer = SideAnswers[SideKind]['answer']

/** The first message; the host answers `loaded` or `unusable`. */
export interface LoadMessage {
  readonly type: 'load'
  readonly model: ModelChoice
  readonly provider: string
  /** 0 = one per physical core. */
  readonly threads: number
  /** Where embeddings are kept; made if absent. */
  readonly embeddingFolder: string
  /** Budgets of embeddings on disk and in memory, bytes. */
  readonly embeddingBytes: number
  readonly memoryBytes: number
  /** The model is new here: it is tried on a picture whose answer is known. */
  readonly isTrial?: boolean
  /** Encodes in place of this machine, while it is there. */
  readonly server?: ServerAddress | null
  /** Nobody waits for it: it runs when nobody else needs the processor. */
  readonly givesWay?: boolean
}

export type ToHost =
  | LoadMessage
  /** Each of the next two is the only message. measure: one lap of the race of providers, answered `measured` or `unusable`; try-server: loads the model on the CPU, has the server encode a test picture, and answers `server-tried` or `unusable`. */
  | {
      readonly type: 'measure'
      readonly model: ModelChoice
      readonly provider: string
      readonly threads: number
    }
  | {
      readonly type: 'try-server'
      readonly model: ModelChoice
      readonly server: ServerAddress
      readonly threads: number
    }
  /** Makes the image's embedding and keeps it in memory. */
  | { readonly type: 'encode'; readonly job: number; readonly image: InferenceImage }
  | {
      readonly type: 'segment'
      readonly job: number
      readonly image: InferenceImage
      /** Without its mask input when `mask` names it. */
      readonly request: MaskQuestion
      readonly mask: KeptMask | null
      /** A person waits: the answer's masks are kept, and the embedding of a crop on disk. */
      readonly interactive: boolean
    }
  /** Puts the image's embedding on disk, and leaves the memory to the images that are looked at. */
  | {
      readonly type: 'prepare'
      readonly job: number
      readonly image: InferenceImage
      /** The mirrored image's too. */
      readonly mirrored: boolean
    }
  /** Something else that is asked of the process: see `SideAnswers`. */
  | {
      readonly type: 'side'
      readonly job: number
      readonly image: InferenceImage | null
      readonly question: SideQuestion
    }
  | { readonly type: 'budget'; readonly embeddingBytes: number }
  /** Ends the process after what it is doing. */
  | { readonly type: 'close' }

/** An image whose embedding is in memory, as `keyOfImage` names it: the file tells images of two projects apart. */
export interface HeldImage {
  readonly id: ImageId
  readonly key: string
}

/** Where an embedding came from; `encoder` is the one that costs time. */
export type EmbeddingSource = 'memory' | 'disk' | 'encoder'

export type FromHost =
  /** The host listens. */
  | { readonly type: 'hello' }
  | {
      readonly type: 'loaded'
      readonly modelId: string
      readonly provider: string
      /** Of each image. */
      readonly embeddingBytes: number
      readonly providers: readonly string[]
      /** A fallback to tell the user of; null when all is as asked. */
      readonly message: string | null
    }
  /** The model can't be loaded; the host waits for nothing else. */
  | { readonly type: 'unusable'; readonly error: ErrorReply }
  /** Sent before an encode, and when a decode follows it. */
  | {
      readonly type: 'stage'
      readonly job: number
      readonly imageId: ImageId
      readonly stage: 'encoding' | 'decoding'
    }
  | {
      readonly type: 'encoded'
      readonly job: number
      readonly imageId: ImageId
      readonly source: EmbeddingSource
      /** Milliseconds of reading the file and encoding. */
      readonly encode: number
      readonly held: readonly HeldImage[]
    }
  /** When `answer.more` is not 0, `alternatives` with that many candidates follows, and the job runs until then. */
  | {
      readonly type: 'segmented'
      readonly job: number
      readonly answer: SegmentAnswer
      readonly source: EmbeddingSource
      readonly held: readonly HeldImage[]
    }
  | { readonly type: 'alternatives'; readonly job: number; readonly candidates: readonly Candidate[] }
  | {
      readonly type: 'prepared'
      readonly job: number
      readonly imageId: ImageId
      /** False when it was on disk already. */
      readonly made: boolean
      readonly held: readonly HeldImage[]
    }
  | {
      readonly type: 'aside'
      readonly job: number
      readonly answer: SideAnswer
      readonly held: readonly HeldImage[]
    }
  | {
      readonly type: 'failed'
      readonly job: number
      readonly error: ErrorReply
      readonly held: readonly HeldImage[]
    }
  | { readonly type: 'measured'; readonly lap: { readonly ms: number; readonly embedding: Uint16Array } }
  | { readonly type: 'server-tried'; readonly trial: ServerTrial }
  /** Where the server stands. @property message for the status bar; null when all is well */
  | { readonly type: 'server'; readonly state: ServerState; readonly message: string | null }
  /** Something the user should know once; the work goes on. */
  | { readonly type: 'notice'; readonly message: string | null }
