/** Coded errors: the code is for programs, the message for the person in front of the screen. */
import { z } from 'zod'
import { damageSchema, type Damage } from './damage.ts'
import { heldSchema, type Held } from './held.ts'
import { encodingPreviewSchema, type EncodingPreview } from './encodings.ts'
import { systemWords } from './system-words.ts'

const errorCodeSchema = z.enum([
  'unknown-call', // no such call in the contract
  'bad-input', // input does not fit the contract's schema
  'unknown-encoding', // a text is not UTF-8 and does not tell what it is: that has to be said
  'no-project', // no folder is open
  'not-found', // the image, label, annotation, file or folder does not exist
  'conflict', // a Diff does not fit the stored records (someone changed them in between)
  'unreadable-edit', // an entry of the undo log is damaged: that change can't be undone
  'image-unreadable', // the file is not an image, is damaged, or can't be read
  'newer-project', // the project file was written by a newer Maskwright
  'damaged-project', // the project file can't be read as a database
  'held', // another computer has the project open, on a network drive
  'project-gone', // the path does not lead to the open project file any more: removed, moved, replaced
  'disk-full',
  'not-writable', // a folder or file can't be written
  'offline', // a server can't be reached, or the connection breaks off again and again
  'download-failed', // the server refuses, or offers another file than was asked for
  'superseded', // a later prompt took the place of this one; not an error for the user
  'cancelled',
  'model-unavailable', // no model, or its files are missing or damaged
  'inference-failed', // the model ran and failed, or its process died again and again
  'disconnected', // the transport is closed
  'internal',
])
export type ErrorCode = z.infer<typeof errorCodeSchema>

export const errorReplySchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  /** Of a project file that can't be opened: what can be done about it. */
  damage: damageSchema.optional(),
  /** Of a project that another computer has open: who. */
  held: heldSchema.optional(),
  /** Of a text in an unknown encoding: how it reads in those that it may have. */
  previews: z.array(encodingPreviewSchema).optional(),
})
export type ErrorReply = z.infer<typeof errorReplySchema>

/** What an error tells besides its message, for whoever can do something about it. */
type ErrorFacts = Pick<ErrorReply, 'damage' | 'held' | 'previews'>

export class CodedError extends Error {
  override readonly name = 'CodedError'
  readonly code: ErrorCode
  readonly damage: Damage | undefined
  readonly held: Held | undefined
  readonly previews: readonly EncodingPreview[] | undefined

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & Partial<ErrorFacts>) {
    super(message, options)
    this.code = code
    this.damage = options?.damage
    this.held = options?.held
    this.previews = options?.previews
  }
}

/** What a thrown value says; of an error of the system or of SQLite in plain words. */
export const messageOf = (thrown: unknown): string =>
  systemWords(thrown) ?? (thrown instanceof Error ? thrown.message : String(thrown))

/** Any thrown value as {code, message}; what has no code is `internal`. */
export const toErrorReply = (thrown: unknown): ErrorReply =>
  thrown instanceof CodedError
    ? {
        code: thrown.code,
        message: thrown.message,
        ...(thrown.damage && { damage: thrown.damage }),
        ...(thrown.held && { held: thrown.held }),
        ...(thrown.previews && { previews: [...thrown.previews] }),
      }
    : { code: 'internal', message: messageOf(thrown) }

/** The error that a reply tells of. */
export const errorOfReply = ({ code, message, ...facts }: ErrorReply): CodedError =>
  new CodedError(code, message, facts)

export const hasCode = (thrown: unknown, code: ErrorCode): boolean =>
  thrown instanceof CodedError && thrown.code === code
