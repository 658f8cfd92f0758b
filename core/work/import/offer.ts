/** Labels that lie where datasets keep them, seen from the folder of their images: offered before anybody asks. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import type { ImportOffer } from '../../../common/contract/import.ts'
import { CodedError, hasCode } from '../../../common/errors.ts'
import { createImageFinder } from '../../import/find-image.ts'
import type { LabelledImage } from '../../import/objects.ts'
import { openLabels, type OpenLabels } from '../../import/read-labels.ts'
import type { Readable } from '../../import/reader.ts'
import { isImageName } from '../../library/walk.ts'
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

/** A folder without a file that may hold labels, as most are, is not gone through as a whole. Pictures lie in one of their own. */
const mayHoldLabels = async (folder: string, formats: readonly Readable[]): Promise<boolean> => {
  const endings = new Set(formats.flatMap(({ about }) => about.reads?.endings ?? []))
  const names = await readdir(folder).catch(() => [])
  return names.some((name) => !isImageName(name) && endings.has(extname(name).slice(1).toLowerCase()))
}

/** Images that are looked for, to know whether labels are for this folder. */
const LOOKED = 5000

/** Of these one has an object, where texts beside the images may be something else: captions, notes. */
const LOADED = 20

/** The names of classes are not needed: an encoding that has to be asked for is asked for when the offer is taken. */
const openWithoutNames = async (
  formats: readonly Readable[],
  path: string,
  current: string,
): Promise<OpenLabels> => {
  try {
    return await openLabels(formats, { path }, [], current)
  } catch (thrown) {
    if (!hasCode(thrown, 'unknown-encoding')) throw thrown
    return openLabels(formats, { path, encoding: 'windows-1252' }, [], current)
  }
}

const haveObjects = async (images: readonly LabelledImage[]): Promise<boolean> => {
  for (const image of images.slice(0, LOADED)) if ((await image.load()).objects.length > 0) return true
  return false
}

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
  const look = async (path: string, isOwn: boolean): Promise<ImportOffer | null> => {
    const set = await openWithoutNames(inFolders, path, store.file)
    try {
      const labels = new Set(set.files)
      const find = createImageFinder(items.filter((item) => !labels.has(join(folder, item.path))))
      const images = set.images
        .slice(0, LOOKED)
        .filter(({ name, isNumber }) => 'image' in find(name, isNumber))
      if (images.length === 0 || (isOwn && !(await haveObjects(images)))) return null
      const shown = isOwn ? basename(folder) : relative(folder, path).split(sep).join('/')
      return { path, shown, format: set.format, images: images.length }
    } finally {
      set.close()
    }
  }
  for (const path of [...placesOf(folder), folder]) {
    const found = await stat(path).catch(() => null)
    if (found?.isDirectory() !== true) continue
    if (path === folder && !(await mayHoldLabels(folder, inFolders))) continue
    try {
      const offer = await look(path, path === folder)
      if (offer !== null) return offer
    } catch (thrown) {
      if (!(thrown instanceof CodedError)) throw thrown
    }
  }
  return null
}
