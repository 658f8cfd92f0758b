/** What a shell supplies to the core. The core never asks which shell runs it. */
import type { DecoderProcess } from './images/decoder/process.ts'
import type { Format } from './formats/format.ts'
import type { LeasePorts } from './project/lease.ts'
import type { CreateWork } from './work/all-works.ts'
import type { InferenceOptions } from './inference/client/inference.ts'
import type { Machine } from './inference/client/machine.ts'
import type { InferenceProcess } from './inference/process.ts'

export interface CorePorts {
  readonly version: string
  readonly shell: 'electron' | 'web' | 'cli' | 'test'
  /** Settings, recent folders, thumbnails, embeddings and projects of read-only folders live here. */
  readonly dataFolder: string
  /** Folders with one subfolder a model (a manifest.json each); the bundled models first. */
  readonly modelFolders: readonly string[]
  /** Where the newest release is told as JSON, for `app.updates`; a build without it does not know. */
  readonly releases?: string | undefined
  /** The name or path of ffmpeg, which opens films; the one of the machine when left out. */
  readonly ffmpeg?: string | undefined
  /** An empty folder for the project of a folder that has none yet, where nothing is to be left behind. */
  readonly scratchFolder?: string | undefined
  /** A project that the folder has is passed over as well: nothing of it is read or written. */
  readonly isScratchOnly?: boolean | undefined
  /** The folder of the sample photos, where the shell brings them. It is only read. */
  readonly sampleFolder?: string
  /** In place of the settings' server; null: none, whatever they say. */
  readonly server?: InferenceOptions['server'] | undefined
  startInferenceProcess(): InferenceProcess
  /** May throw where no process can be started: pictures that need one are refused then. */
  startDecoderProcess(): DecoderProcess
  /** The system's own dialogs, where the shell has them. */
  readonly dialogs?: {
    chooseFolder(title: string): Promise<string | null>
    /** @param extensions without the dot */
    chooseFile(title: string, kind: string, extensions: readonly string[]): Promise<string | null>
    /** Asks the user whether the page may use a path that it named itself. */
    confirm(question: string, path: string): Promise<boolean>
  }
  /** Another computer than this one, for tests. */
  readonly describeComputer?: () => Promise<Machine | null>
  /** Other kinds of long work than those of `all-works.ts`, for tests. */
  readonly works?: readonly CreateWork[]
  /** Other formats than those of `all-formats.ts`, for tests. */
  readonly formats?: readonly Format[]
  /** How projects on network drives are kept to one computer at a time; the system is asked where tests do not answer. */
  readonly lease?: LeasePorts
  /** Shows a folder in the system's file manager, where the shell can. */
  readonly revealFolder?: (folder: string) => Promise<void>
}
