/** Photos that changed under their objects while the folder was not open: found after its scan. */
import type { AppEvent } from '../../common/contract.ts'
import { said } from '../../common/said.ts'
import type { FactsReader } from '../images/facts.ts'
import type { ReadStore } from '../store/read-store.ts'

/**
 * Hashes the files with objects whose time alone is another one: most have the same content.
 * @returns how many photos have changed; 0 when the signal stopped it
 */
export const compareChanged = async (
  { pictures }: Pick<ReadStore, 'pictures'>,
  facts: Pick<FactsReader, 'compare' | 'store'>,
  signal: AbortSignal,
): Promise<number> => {
  for (const imageId of pictures.undecided()) {
    if (signal.aborted) return 0
    await facts.compare(imageId)
  }
  if (signal.aborted) return 0
  facts.store()
  return pictures.countChanged()
}

/** @param count at least 1 */
export const changedNotice = (count: number): AppEvent => {
  const message =
    count === 1
      ? said('One photo has changed since its objects were made. It is marked in the list, under “Problems”.')
      : said(
          '{count, number} photos have changed since their objects were made. They are marked in the list, under “Problems”.',
          { count },
        )
  return { name: 'notice', payload: { level: 'warning', message } }
}
