/** Labels that lie where datasets keep them, seen from the folder of their images: offered before anybody asks. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { ImportOffer } from '../../../common/contract/import.ts'
import { CodedError } from '../../../common/errors.ts'
import { createImageFinder } from '../../import/find-image.ts'
import { openLabels } from '../../import/read-labels.ts'
import type { Readable } from '../../import/reader.ts'
import type { Project } from '../../project/project.ts'

const namesOfFolders = [
  'labels',
  'annotations',
  'Annotations',
  'obj_train_data',
  'SegmentationClass',
  'masks',
]

/** Where labels lie: in the folder, beside it, above it; of images/train in labels/train. */
const placesOf = (folder: string): string[] => {
  const [up, name] = [dirname(folder), basename(folder)]
  const above = dirname(up)
  return [
    ...namesOfFolders.map((one) => join(folder, one)),
    ...namesOfFolders.flatMap((one) => [join(above, one, name), join(up, one)]),
  ]
}

/** Images that are looked for, to know whether labels are for this folder. */
const LOOKED = 5000

/** @returns null when nothing lies there, when it is for other images, or when the project has objects already */
export const findOffer = async (
  project: Project,
  formats: readonly Readable[],
): Promise<ImportOffer | null> => {
  const { store, folder } = project
  await project.scanned().catch(() => undefined)
  if (project.closed || store.annotations.count() > 0) return null
  const items = store.images.getMany(store.images.ids())
  const inFolders = formats.filter(({ about }) => about.reads !== null)
  for (const path of placesOf(folder)) {
    const found = await stat(path).catch(() => null)
    if (found?.isDirectory() !== true) continue
    try {
      const set = await openLabels(inFolders, { path })
      set.close()
      const labels = new Set(set.files)
      const find = createImageFinder(items.filter((item) => !labels.has(join(folder, item.path))))
      const images = set.images
        .slice(0, LOOKED)
        .filter(({ name, isNumber }) => 'image' in find(name, isNumber))
      const shown = relative(folder, path).split(sep).join('/')
      if (images.length > 0) return { path, shown, format: set.format, images: images.length }
    } catch (thrown) {
      if (!(thrown instanceof CodedError)) throw thrown
    }
  }
  return null
}
