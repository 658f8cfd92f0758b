/** Tries a server in a process of its own, as it would be used, before it is. */
import type { ServerTrialResult } from '../../../common/contract/server.ts'
import { parseServerUrl } from '../../../common/server-url.ts'
import { said } from '../../../common/said.ts'
import type { InferenceProcess } from '../process.ts'
import type { ServerLimits } from '../server.ts'
import { askProcess } from './ask-process.ts'
import { chooseModel, type Models } from './models.ts'

/** So many of the longest answers a trial may take: loading the model, one look, and a few encodes on each side. */
const MOST_ANSWERS = 6

export interface ServerTrialParts {
  readonly startProcess: () => InferenceProcess
  readonly models: Models
  readonly modelId: string
  /** 0 = one per physical core. */
  readonly threads: number
  readonly limits: ServerLimits
}

/** @param address as typed; without a model's name the chosen model's id is asked for */
export const tryServer = async (
  { startProcess, models, modelId, threads, limits }: ServerTrialParts,
  address: { readonly url: string; readonly model: string },
): Promise<ServerTrialResult> => {
  const no = (why: string) => ({ fits: false, why }) as const
  const parsed = parseServerUrl(address.url)
  if ('fault' in parsed) return no(parsed.fault)
  const { choice, message } = await chooseModel(models, modelId)
  if (choice === null) return no(message)
  const model = address.model.trim() || choice.variant.id
  const { outcome, reason } = await askProcess(
    startProcess,
    { type: 'try-server', model: choice, server: { url: parsed.url, model, ...limits }, threads },
    AbortSignal.timeout(MOST_ANSWERS * limits.wholeMs),
  )
  if (outcome?.type === 'server-tried') return { fits: true, ...outcome.trial }
  return no(
    outcome?.type === 'unusable'
      ? outcome.error.message
      : said('The process that tried it ended: {reason}.', { reason }),
  )
}
