/** Opens a model by its manifest, on the provider asked for or else on the CPU, and warms it. */
import { join } from 'node:path'
import { openSamModel } from './contract-sam.ts'
import { openTokensModel } from './contract-tokens.ts'
import { tryCanary } from './canary.ts'
import type { ModelChoice } from '../manifest.ts'
import { MASK_SIDE } from './policy.ts'
import type { OpenSession, SamModel } from './sam.ts'
import { createSession, type SessionOptions } from './sessions.ts'
import { messageOf } from '../../../common/errors.ts'

const openOn = (choice: ModelChoice, options: SessionOptions): Promise<SamModel> => {
  const { preciseInt8 } = choice.variant
  const open: OpenSession = (file) => createSession(join(choice.folder, file), { ...options, preciseInt8 })
  const { contract } = choice.manifest
  return contract.kind === 'tokens'
    ? openTokensModel(choice, contract, open)
    : openSamModel(choice, contract, open)
}

/** What the model can't be asked, in words; null when it is nothing. */
const lacksOf = ({ takesMask, boxes }: SamModel, name: string): string | null => {
  const lacks = [
    takesMask ? [] : ['takes no earlier mask: further clicks are answered by all points alone'],
    boxes === 'none'
      ? ['knows no boxes: the middle is clicked, and the mask that fits the box is taken']
      : [],
  ].flat()
  return lacks.length === 0 ? null : `${name} ${lacks.join(', and ')}.`
}

/** One small encode and one decode of each kind, so that the user's first ones find everything in place. */
const warm = async (model: SamModel) => {
  const small = { width: 64, height: 64 }
  const frame = model.frameOf(small, 64)
  const rgb = new Uint8Array(frame.width * frame.height * 3)
  const embedding = await model.encode({ ...frame, rgb }, small)
  const coords = Float32Array.of(32, 32, 0, 0)
  const labels = Float32Array.of(1, -1)
  await model.decode(embedding, { coords, labels, mask: null })
  if (model.takesMask)
    await model.decode(embedding, { coords, labels, mask: new Float32Array(MASK_SIDE * MASK_SIDE) })
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
): Promise<{ model: SamModel; provider: string; message: string | null }> => {
  const tryOn = async (provider: string) => {
    const model = await openOn(choice, { ...options, provider })
    await warm(model)
    if (options.isTrial === true) await tryCanary(model)
    return model
  }
  const said = (model: SamModel) => lacksOf(model, choice.variant.name)
  if (options.provider === 'cpu') {
    const model = await tryOn('cpu')
    return { model, provider: 'cpu', message: said(model) }
  }
  try {
    const model = await tryOn(options.provider)
    return { model, provider: options.provider, message: said(model) }
  } catch (thrown) {
    const instead = `${options.provider} can't be used here (${messageOf(thrown)}); the CPU is used instead.`
    const model = await tryOn('cpu')
    return {
      model,
      provider: 'cpu',
      message: [instead, said(model)].filter((part) => part !== null).join(' '),
    }
  }
}
