/** What the core asks of inference: the interface that `core.ts` composes and the handlers call. */
import type { CallInput } from '../../../common/contract.ts'
import type { Measured, ProviderResult } from '../../../common/contract/providers.ts'
import type { ServerTrialResult } from '../../../common/contract/server.ts'
import type { InferenceStatus } from '../../../common/contract/inference.ts'
import type { SegmentAnswer, MaskQuestion } from '../../../common/segmentation.ts'
import type { ModelInfo } from '../../../common/model-info.ts'
import type { InferenceImage } from '../image.ts'
import type { ServerAddress } from '../server.ts'
import type { SideAnswers, SideKind } from '../messages.ts'

export interface InferenceOptions {
  readonly modelId: string
  readonly provider: string
  /** 0 = one per physical core. */
  readonly threads: number
  /** Budget of embeddings on disk, bytes; 0 keeps none. */
  readonly embeddingBytes: number
  /** Encodes in place of this machine; null for none, and nothing ever leaves it. */
  readonly server?: Pick<ServerAddress, 'url' | 'model'> | null
}

/** Of work that can wait, the order: everything mode, boxes to masks, prepare folder. */
export type Urgency = 'everything' | 'boxes' | 'prepare'

/** Who is asked in long work over many images: a process, or a way to one. */
export type Hand = Pick<Inference, 'segmentLater' | 'prepare'>

/** Those who share long work, each with images of its own, so that an image's crops are in the memory of one. */
export interface Crew {
  /** One at least. */
  readonly hands: readonly Hand[]
  /** The work is over: what is still asked of them is refused. */
  dismiss(): void
}

export interface Inference {
  /** The image on screen first, then those to encode ahead when idle. Never waits. */
  focus(current: InferenceImage | null, ahead: readonly InferenceImage[]): void
  /**
   * Masks for prompts by the policy of docs/models.md: all four (0 first) for a single point, mask 0 alone otherwise.
   * @param onFirst is given mask 0 alone as soon as it is there, when others follow; once more after a crash
   * @throws CodedError superseded, image-unreadable, model-unavailable, inference-failed
   */
  segment(
    image: InferenceImage,
    request: MaskQuestion,
    onFirst?: (first: SegmentAnswer) => void,
  ): Promise<SegmentAnswer>
  /**
   * As `segment`, after everything that the user waits for, and never superseded. Crops are not kept on disk.
   * @throws CodedError cancelled when closing; else as `segment`
   */
  segmentLater(image: InferenceImage, request: MaskQuestion, urgency: Urgency): Promise<SegmentAnswer>
  /** For long work over so many images: several hands where that is faster here, else the process that clicks go to. */
  hire(images: number): Promise<Crew>
  /**
   * Puts the image's embedding on disk, after everything else.
   * @param mirrored that of the mirrored image too, which quality `best` looks at
   * @returns false when all was there already
   * @throws CodedError image-unreadable, model-unavailable, inference-failed, not-writable, cancelled
   */
  prepare(image: InferenceImage, mirrored: boolean): Promise<boolean>
  /**
   * What is asked beside masks, after everything that the user waits for, and never superseded.
   * @param image null only where the question is about none
   * @throws CodedError image-unreadable, model-unavailable, inference-failed, cancelled when closing
   */
  aside<K extends SideKind>(
    image: InferenceImage | null,
    question: SideAnswers[K]['question'] & { readonly kind: K },
    urgency: Urgency,
  ): Promise<SideAnswers[K]['answer']>
  status(): InferenceStatus
  onStatus(listener: (status: InferenceStatus) => void): () => void
  models(): Promise<ModelInfo[]>
  providers(): Promise<string[]>
  /** Bytes that an image's embedding takes with the model that is loaded; null when none is. */
  embeddingBytes(): Promise<number | null>
  /**
   * Races the runtime's providers for a model, and remembers the winner.
   * @param modelId null: the chosen one
   * @returns null when it was cancelled, or the model can't be run
   */
  measure(
    modelId: string | null,
    signal: AbortSignal,
    onResult?: (results: readonly ProviderResult[]) => void,
  ): Promise<Measured | null>
  /** What is remembered of the chosen model here; null before it was measured. */
  measured(): Promise<Measured | null>
  /** Tries a server with the chosen model, in a process of its own. @param address as a person typed it */
  tryServer(address: CallInput<'server.try'>): Promise<ServerTrialResult>
  /** Applies changed options; prompts that wait are answered by the new model. */
  use(options: InferenceOptions): void
  close(): Promise<void>
}
