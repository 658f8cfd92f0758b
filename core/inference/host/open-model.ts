/** Opens a model by its manifest, on the provider asked for or else on the CPU, and warms it. */
import { join } from 'node:path'
import { openSamModel } from './contract-sam.ts'
import { openTokensModel } from './contract-tokens.ts'
import { tryCanary } from './canary.ts'
import { fileOf, type ModelChoice } from '../manifest.ts'
import { MASK_SIDE } from './policy.ts'
import type { OpenSession, SamModel } from './sam.ts'
import { createSession, type Session, type SessionOptions } from './sessions.ts'
import { withShapes } from './server/served-session.ts'
import { messageOf } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'

const openBy = (choice: ModelChoice, open: OpenSession): Promise<SamModel> => {
  const { contract } = choice.manifest
  return contract.kind === 'tokens'
    ? openTokensModel(choice, contract, open)
    : openSamModel(choice, contract, open)
}

/** A model, and what another encoder needs to take the place of its own. */
export interface OpenModel {
  readonly model: SamModel
  readonly encoder: Session
  /** What the encoder gives, whatever the picture: by the names of its outputs. */
  readonly shapes: ReadonlyMap<string, readonly number[]>
  /** The same model with another encoder; it shares the decoder, and is not disposed by itself. */
  readonly openWith: (encoder: Session) => Promise<SamModel>
}

const openOn = async (
  choice: ModelChoice,
  options: SessionOptions,
  create: CreateSession,
): Promise<OpenModel> => {
  const { preciseInt8 } = choice.variant
  const opened = new Map<string, Session>()
  let shapes: OpenModel['shapes'] = new Map()
  const encoderFile = fileOf(choice, 'encoder')
  const model = await openBy(choice, async (file) => {
    const session = await create(join(choice.folder, file), { ...options, preciseInt8 })
    const seen = file === encoderFile ? withShapes(session) : { session, shapes }
    shapes = seen.shapes
    opened.set(file, seen.session)
    return seen.session
  })
  return {
    model,
    encoder: opened.get(encoderFile)!,
    shapes,
    openWith: (encoder) =>
      openBy(choice, (file) => Promise.resolve(file === encoderFile ? encoder : opened.get(file)!)),
  }
}

export type CreateSession = typeof createSession

/** What the model can't be asked, in words; null when it is nothing. */
const lacksOf = ({ takesMask, boxes }: SamModel, name: string): string | null => {
  if (takesMask)
    return boxes === 'none'
      ? said('{name} knows no boxes: the middle is clicked, and the mask that fits the box is taken.', {
          name,
        })
      : null
  return boxes === 'none'
    ? said(
        '{name} takes no earlier mask: further clicks are answered by all points alone, and knows no boxes: the middle is clicked, and the mask that fits the box is taken.',
        { name },
      )
    : said('{name} takes no earlier mask: further clicks are answered by all points alone.', { name })
}

/** One small encode and one decode of each kind, so that the user's first ones find everything in place. */
/** @returns bytes of an embedding, the same for all pictures */
const warm = async (model: SamModel): Promise<number> => {
  const small = { width: 64, height: 64 }
  const frame = model.frameOf(small, 64)
  const rgb = new Uint8Array(frame.width * frame.height * 3)
  const embedding = await model.encode({ ...frame, rgb }, small)
  const coords = Float32Array.of(32, 32, 0, 0)
  const labels = Float32Array.of(1, -1)
  await model.decode(embedding, { coords, labels, mask: null })
  if (model.takesMask)
    await model.decode(embedding, { coords, labels, mask: new Float32Array(MASK_SIDE * MASK_SIDE) })
  return embedding.data.byteLength
}

/** On that provider and no other, warmed. @throws Error when it is absent or can't run the model */
export const openExactly = async (
  choice: ModelChoice,
  options: SessionOptions,
  create: CreateSession = createSession,
): Promise<OpenModel & { readonly embeddingBytes: number }> => {
  const opened = await openOn(choice, options, create)
  return { ...opened, embeddingBytes: await warm(opened.model) }
}

/**
 * Opens and warms a model. A provider that is absent or can't run it is replaced by the CPU.
 * @returns the provider in use, and a message for the user when it is not the one that was asked for
 * @throws Error when the model can't be run on the CPU either
 */
export const openModel = async (
  choice: ModelChoice,
  options: SessionOptions & {
    /** The model is new here: it has to find what is known to be in a picture. */
    readonly isTrial?: boolean
  },
): Promise<OpenModel & { provider: string; message: string | null; embeddingBytes: number }> => {
  const tryOn = async (provider: string) => {
    const opened = await openExactly(choice, { ...options, provider })
    if (options.isTrial === true) await tryCanary(opened.model)
    return opened
  }
  const lacking = ({ model }: OpenModel) => lacksOf(model, choice.variant.name)
  if (options.provider === 'cpu') {
    const opened = await tryOn('cpu')
    return { ...opened, provider: 'cpu', message: lacking(opened) }
  }
  try {
    const opened = await tryOn(options.provider)
    return { ...opened, provider: options.provider, message: lacking(opened) }
  } catch (thrown) {
    const instead = said("{provider} can't be used here ({why}); the CPU is used instead.", {
      provider: options.provider,
      why: messageOf(thrown),
    })
    const opened = await tryOn('cpu')
    return {
      ...opened,
      provider: 'cpu',
      message: [instead, lacking(opened)].filter((part) => part !== null).join(' '),
    }
  }
}
