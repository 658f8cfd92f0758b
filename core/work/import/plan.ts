/** From what the user asks for to the images that get labels: opens the labels and finds their images. Writes nothing. */
import { join } from 'node:path'
import type { ImportRequest } from '../../../common/contract/import.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { CodedError } from '../../../common/errors.ts'
import type { ImageId } from '../../../common/model.ts'
import { said } from '../../../common/said.ts'
import { orderOfClasses } from '../../import/class-names.ts'
import { createImageFinder } from '../../import/find-image.ts'
import { readProblem, type LabelledImage, type LabelSet } from '../../import/objects.ts'
import type { Readable } from '../../import/reader.ts'
import { openLabels, type OpenLabels } from '../../import/read-labels.ts'
import type { Project } from '../../project/project.ts'
import { unusedFirst } from '../classes.ts'
import { createFittedReader, type FittedReader } from './read-fitted.ts'

export interface ImportPlan {
  /** Closed by whoever carries the plan out. */
  readonly set: LabelSet
  /** In the order of the project. An image may have labels under several names. */
  readonly images: readonly { readonly imageId: ImageId; readonly sources: readonly LabelledImage[] }[]
  /** Images of the labels that are not in the project. */
  readonly unmatched: readonly { readonly source: LabelledImage; readonly problem: Problem }[]
  /** Images of the project that the labels say nothing of. */
  readonly untouched: number
  /** Of the objects of its images; ended by whoever carries the plan out. */
  readonly reader: FittedReader
}

/** @throws CodedError not-found, bad-input, and cancelled when the folder was closed meanwhile */
export const planImport = async (
  project: Project,
  formats: readonly Readable[],
  { source }: ImportRequest,
  signal: AbortSignal,
): Promise<ImportPlan> => {
  const labels = { place: source, order: orderOf(project), current: project.store.file }
  const reader = createFittedReader(labels, signal)
  const set = await openLabels(formats, labels.place, labels.order, labels.current).catch(
    (thrown: unknown) => {
      reader.end()
      throw thrown
    },
  )
  try {
    // A scan that is still running knows more images.
    await project.scanned().catch(() => undefined)
    if (signal.aborted || project.closed) throw new CodedError('cancelled', said('It was cancelled.'))
    // A run that is cancelled before it begins closes nothing.
    signal.addEventListener('abort', () => set.close(), { once: true })
    reader.begin(set)
    return { set, reader, ...matchImages(project, set) }
  } catch (thrown) {
    reader.end()
    set.close()
    throw thrown
  }
}

/** Not the class that a new project began with: nobody has chosen it. */
const orderOf = ({ store }: Project): string[] => {
  const first = unusedFirst(store)
  return orderOfClasses(store.labels.list().flatMap(({ id, name }) => (id === first?.id ? [] : [name])))
}

const matchImages = ({ store, folder }: Project, set: OpenLabels): Omit<ImportPlan, 'set' | 'reader'> => {
  // Masks that lie in the folder are images of it as well, but never those that they are of.
  const labels = new Set(set.files)
  const items = store.images.getMany(store.images.ids()).filter(({ path }) => !labels.has(join(folder, path)))
  const find = createImageFinder(items)
  const byImage = new Map<ImageId, LabelledImage[]>()
  const unmatched: ImportPlan['unmatched'][number][] = []
  for (const source of set.images) {
    const found = find(source.name, source.isNumber)
    if ('problem' in found) {
      unmatched.push({ source, problem: readProblem(source.name, found.problem) })
      continue
    }
    const known = byImage.get(found.image.id)
    if (known) known.push(source)
    else byImage.set(found.image.id, [source])
  }
  const images = items.flatMap(({ id }) => {
    const sources = byImage.get(id)
    return sources === undefined ? [] : [{ imageId: id, sources }]
  })
  return { images, unmatched, untouched: items.length - images.length }
}
