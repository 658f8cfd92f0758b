/** The Diff of an edit as the JSON that the undo log holds. */
import type { Diff } from '../../common/diff.ts'

/** @param added The JSON of each object that is added, which is most of the text and made elsewhere. */
export const textOfDiff = (
  { annotations: { updated, removed }, labels, images, pictures }: Diff,
  added: readonly string[],
): string =>
  `{"annotations":{"added":[${added.join(',')}],${JSON.stringify({ updated, removed }).slice(1)},` +
  JSON.stringify({ labels, images, pictures }).slice(1)
