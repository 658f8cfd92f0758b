/** What a kind of long work is: one object, made from the parts of the core, entered in `all-works.ts`. */
import type { z } from 'zod'
import type { Problem, Work } from '../../common/contract/work.ts'
import type { PolygonOptions } from '../../common/geometry/mask-to-polygon.ts'
import type { Drafts } from '../film/drafts.ts'
import type { Pictures } from '../images/pictures.ts'
import type { Format } from '../formats/format.ts'
import type { Inference } from '../inference/client/inference.ts'
import type { ModelInstall } from '../model-install/model-install.ts'
import type { Project } from '../project/project.ts'

/** How a run tells of itself, and hears that it should stop. Telling does nothing once the run is over. */
export interface WorkControl<Detail> {
  /** Names this run: the edits that it makes are kept under it, so that they can be undone together. */
  readonly id: string
  /** Aborted when the run was cancelled. */
  readonly signal: AbortSignal
  /**
   * Waits while the run is paused; asked before each piece of work.
   * @param store called before it waits: puts what was counted and waits for more into the project, where a user looks at it
   * @throws CodedError cancelled, and what `store` throws
   */
  ready(store?: () => void): Promise<void>
  /** How many units are to be done; none of them is yet. */
  begin(total: number): void
  /** One unit is finished. @param workedMs null when there was nothing to do for it */
  step(workedMs: number | null): void
  /** So far is it, for work that is not counted step by step; `total` 0 while it is not known. */
  reach(done: number, total: number): void
  /** What happens now. */
  say(message: string): void
  /** Does not count as finished. */
  leaveOut(problem: Problem): void
  /** Sets what only this kind tells; it goes out with the next progress, or at once with `now`. */
  detail(detail: Detail, now?: 'now'): void
}

/** Does the work. @returns a sentence on how it ended; null says nothing. @throws to fail, or `cancelled` */
export type WorkRun<Detail> = (control: WorkControl<Detail>) => Promise<string | null>

export interface WorkKind<Request = never, Detail = unknown> {
  readonly name: string
  readonly title: string
  readonly unit: Work['unit']
  /** What a start must say. */
  readonly request: z.ZodType<Request>
  readonly canPause: boolean
  /** Belongs in the list of works; false where the window has another place for it. */
  readonly isListed: boolean
  /**
   * What a start does while a run of this kind is on: it goes on with that run (`join`), takes its place (`replace`),
   * or is refused with a sentence.
   */
  readonly again: 'join' | 'replace' | { readonly refuse: string }
  /** `project`: a run ends when another folder is opened. `app`: it goes on. */
  readonly scope: 'project' | 'app'
  /** Why no other folder can be opened while it runs; null when one can. */
  readonly holdsFolder: string | null
  /** A cancelled run has to clean up first: only then it is over. Else it is over at once. */
  readonly cleansUp: boolean
  /**
   * Looks at what is asked and answers with the run. What it throws refuses the start.
   * @param signal aborted when the run is cancelled while it is planned
   */
  plan(request: Request, signal: AbortSignal): WorkRun<Detail> | Promise<WorkRun<Detail>>
}

/** What the kinds are made from. */
export interface WorkParts {
  /** @throws CodedError no-project */
  readonly project: () => Project
  readonly inference: Pick<
    Inference,
    'prepare' | 'segmentLater' | 'hire' | 'aside' | 'measure' | 'embeddingBytes'
  >
  /** Upright copies of images, for exports. */
  readonly pictures: Pick<Pictures, 'copy' | 'thumbnail'>
  readonly polygonOptions: () => PolygonOptions
  /** Masks stay with the objects that are made of them. */
  readonly keepMasks: () => boolean
  /** How sure a followed object has to be: less is marked for a look, and is not followed further, 0..1. */
  readonly followLimits: () => { readonly doubt: number; readonly stop: number }
  /** Budget of embeddings on disk, bytes. */
  readonly embeddingBytes: () => number
  readonly modelInstall: ModelInstall
  /** A model was installed: one that was waited for may be there now. */
  readonly onModelInstalled: () => void
  /** Finds out what runs a model fastest here, where the shell is one that stays. Never rejects. */
  readonly measureInstalled: (modelId: string, signal: AbortSignal) => Promise<void>
  /** The formats of datasets that can be written and read. */
  readonly formats: readonly Format[]
  /** An export was written to this folder, absolute. */
  readonly onExported: (out: string) => void
  /** The name or path of ffmpeg, which opens films. */
  readonly ffmpeg: string
  /** Of the frames of films. */
  readonly drafts: Drafts
  /** Of the application. */
  readonly version: string
  /** Where projects of folders lie that can't be written to. */
  readonly dataFolder: string
}

/** Keeps the types of request and detail together; the list of kinds does not know them. */
export const defineWork = <Request, Detail>(kind: WorkKind<Request, Detail>): WorkKind =>
  kind as unknown as WorkKind
