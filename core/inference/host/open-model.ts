/** Opens a model by its manifest, on the provider asked for or else on the CPU, and warms it. */
import { join } from 'node:path'
import { openSamModel } from './contract-sam.ts'
import { openTokensModel } from './contract-tokens.ts'
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

/** One small encode and one decode of each kind, so that the user's first ones find everything in place. */
const warm = async (model: SamModel) => {
  const embedding = await model.encode({ width: 64, height: 64, rgb: new Uint8Array(64 * 64 * 3) })
  const coords = Float32Array.of(32, 32, 0, 0)
  const labels = Float32Array.of(1, -1)
  await model.decode(embedding, { coords, labels, mask: null })
  await model.decode(embedding, { coords, labels, mask: new Float32Array(MASK_SIDE * MASK_SIDE) })
}

/**
 * Opens and warms a model. A provider that is absent or can't run it is replaced by the CPU.
 * @returns the provider in use, and a message for the user when it is not the one that was asked for
 * @throws Error when the model can't be run on the CPU either
 */
export const openModel = async (
  choice: ModelChoice,
  options: SessionOptions,
): Promise<{ model: SamModel; provider: string; message: string | null }> => {
  const tryOn = async (provider: string) => {
    const model = await openOn(choice, { ...options, provider })
    await warm(model)
    return model
  }
  if (options.provider === 'cpu') return { model: await tryOn('cpu'), provider: 'cpu', message: null }
  try {
    return { model: await tryOn(options.provider), provider: options.provider, message: null }
  } catch (thrown) {
    const message = `${options.provider} can't be used here (${messageOf(thrown)}); the CPU is used instead.`
    return { model: await tryOn('cpu'), provider: 'cpu', message }
  }
}
