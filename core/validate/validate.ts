/**
 * Checks labels of any format that is read, with the images that they are of: what is missing, what is broken, what is
 * on both sides of a division. Reads only, and needs no project.
 */
import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Problem } from '../../common/contract/work.ts'
import { maxOf } from '../../common/extremes.ts'
import { areaOf, hasArea } from '../../common/geometry/measure.ts'
import type { Size } from '../../common/geometry/point.ts'
import { hashFile } from '../files/hash.ts'
import { probeImage } from '../images/read-file.ts'
import { topOfDataset } from '../import/class-names.ts'
import { createImageFinder } from '../import/find-image.ts'
import { fitObject, TURNED } from '../import/fit-object.ts'
import { readProblem, type LabelledImage, type ReadObject } from '../import/objects.ts'
import type { Readable } from '../import/reader.ts'
import { openLabels, type LabelPlace, type OpenLabels } from '../import/read-labels.ts'
import { walkFolder } from '../library/walk.ts'

export interface ValidationReport {
  /** What the labels were understood as. */
  readonly format: string
  /** The folder of images that was looked at, absolute. */
  readonly images: string
  readonly imageCount: number
  /** Images that have labels, and images without. */
  readonly labelled: number
  readonly unlabelled: number
  readonly objects: number
  readonly classes: readonly { readonly name: string; readonly objects: number; readonly images: number }[]
  /** What is wrong; at most `MOST_NAMED` of `wrongCount`. */
  readonly wrong: readonly Problem[]
  readonly wrongCount: number
  /** What is not wrong and good to know. */
  readonly notes: readonly string[]
}

/** Problems that are named; all are counted. */
const MOST_NAMED = 1000

/** Where datasets keep their images, seen from their top. */
const imageFolders = ['images', 'JPEGImages']

/** The folder of images that labels at `path` are of, where none is given: as datasets lay them out. */
export const guessImages = async (path: string): Promise<string> => {
  const place = resolve(path)
  const isFolder = (await stat(place).catch(() => null))?.isDirectory() === true
  const top = topOfDataset(isFolder ? place : dirname(place))
  for (const name of imageFolders) {
    const found = await stat(join(top, name)).catch(() => null)
    if (found?.isDirectory() === true) return join(top, name)
  }
  return top
}

interface Image {
  readonly path: string
  readonly bytes: number
}

/** The side of a division that a path names: train/a.jpg, images/val/a.jpg. */
const sideOf = (path: string): string | null => {
  const found = /(?:^|\/)(train|val|valid|validation|test)(?:\d*)\//i.exec(path)?.[1]?.toLowerCase() ?? null
  return found?.startsWith('val') === true ? 'val' : found
}

/** Pictures of the very same bytes on two sides. */
const findLeaks = async (folder: string, images: readonly Image[]): Promise<Problem[]> => {
  const sided = images.filter(({ path }) => sideOf(path) !== null)
  if (new Set(sided.map(({ path }) => sideOf(path))).size < 2) return []
  const bySize = new Map<number, Image[]>()
  for (const image of sided) bySize.set(image.bytes, [...(bySize.get(image.bytes) ?? []), image])
  const problems: Problem[] = []
  for (const alike of bySize.values()) {
    if (new Set(alike.map(({ path }) => sideOf(path))).size < 2) continue
    const byHash = new Map<string, Image>()
    for (const image of alike) {
      const hash = await hashFile(join(folder, image.path)).catch(() => null)
      if (hash === null) continue
      const twin = byHash.get(hash)
      if (twin !== undefined && sideOf(twin.path) !== sideOf(image.path))
        problems.push(
          readProblem(image.path, `It is the same picture as ${twin.path}, which is on another side.`),
        )
      else if (twin === undefined) byHash.set(hash, image)
    }
  }
  return problems
}

/** An area that the file tells may differ from the shape's by the pixels at its edge. */
const AREA_SLACK = 0.1
const AREA_PIXELS = 16

const areaProblem = ({ area, where }: ReadObject, found: number): string | null => {
  if (area === undefined || area === null) return null
  return Math.abs(area - found) <= Math.max(AREA_PIXELS, AREA_SLACK * found)
    ? null
    : `${where}: its area is said to be ${Math.round(area)} pixels, its shape covers ${Math.round(found)}.`
}

/** The upright size, and EXIF's turn. */
interface Picture extends Size {
  readonly orientation: number
}

const pictureOf = async (folder: string, { path }: Image): Promise<Picture | string> => {
  try {
    return await probeImage(join(folder, path))
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : 'It can’t be read.'
  }
}

/** @throws CodedError not-found, bad-input as `openLabels` */
export const validateLabels = async (
  formats: readonly Readable[],
  place: LabelPlace,
  givenImages: string | null,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ValidationReport> => {
  const folder = givenImages === null ? await guessImages(place.path) : resolve(givenImages)
  const set = await openLabels(formats, place)
  try {
    return await validateSet(set, folder, onProgress)
  } finally {
    set.close()
  }
}

const UNTURNED =
  'Its labels are of the photo without the turn that its EXIF tag asks for: programs that follow the tag show them ' +
  'beside their objects. An import turns them.'

const validateSet = async (
  set: OpenLabels,
  folder: string,
  onProgress: (done: number, total: number) => void,
): Promise<ValidationReport> => {
  const { files } = await walkFolder(folder)
  // Labels that are pictures themselves are not the images that they are of.
  const labels = new Set(set.files)
  const images: Image[] = files
    .filter(({ path }) => !labels.has(join(folder, path)))
    .map(({ path, bytes }) => ({ path, bytes }))
  const find = createImageFinder(images)
  const wrong: Problem[] = []
  let wrongCount = 0
  const say = (problem: Problem) => {
    wrongCount++
    if (wrong.length < MOST_NAMED) wrong.push(problem)
  }
  for (const problem of [...set.problems, ...(set.check?.() ?? [])]) say(problem)
  const classes = new Map<string, { objects: number; images: Set<string> }>(
    set.classes.map((name) => [name, { objects: 0, images: new Set() }]),
  )
  const labelled = new Set<string>()
  let objects = 0

  const checkObjects = (path: string, picture: Picture | null, loaded: readonly ReadObject[]) => {
    const seen = new Set<string>()
    /** Of the whole picture: said once. */
    let isUnturned = false
    for (const object of loaded) {
      const { label, where, lost } = object
      objects++
      const counted = classes.get(label) ?? { objects: 0, images: new Set() }
      counted.objects++
      counted.images.add(path)
      classes.set(label, counted)
      if (lost !== undefined) say(readProblem(path, `${where}: ${lost}`))
      const key = JSON.stringify([label, object.box, object.shape.type === 'box'])
      if (seen.has(key)) say(readProblem(path, `${where}: the same object is there twice.`))
      seen.add(key)
      if (picture === null) continue
      const fitted = fitObject(object, picture, picture.orientation)
      if ('problem' in fitted) {
        say(readProblem(path, `${where}: ${fitted.problem}.`))
        continue
      }
      isUnturned ||= fitted.changes.includes(TURNED)
      for (const change of fitted.changes.filter((one) => one !== TURNED))
        say(
          readProblem(
            path,
            `${where}: ${change.replace('Clipped to the image.', 'It sticks out of the image.')}`,
          ),
        )
      const isMeasured = object.shape.type !== 'box' && hasArea(fitted.shape)
      const area = isMeasured ? areaProblem(object, areaOf(fitted.shape)) : null
      if (area !== null) say(readProblem(path, area))
    }
    if (isUnturned) say(readProblem(path, UNTURNED))
  }
  const check = async (source: LabelledImage) => {
    const found = find(source.name, source.isNumber)
    const { objects: loaded, problems } = await source.load()
    const image = 'image' in found ? found.image : null
    if ('problem' in found)
      say(readProblem(source.name, found.problem.replace('in the project', `in ${folder}`)))
    for (const problem of problems) say({ ...problem, image: problem.image ?? image?.path ?? source.name })
    const picture = image === null ? null : await pictureOf(folder, image)
    if (image !== null && typeof picture === 'string') say(readProblem(image.path, picture))
    if (image !== null && labelled.has(image.path))
      say(readProblem(image.path, `It has labels in two places; one is ${source.name}.`))
    if (image !== null) labelled.add(image.path)
    checkObjects(image?.path ?? source.name, typeof picture === 'string' ? null : picture, loaded)
  }
  for (const [done, source] of set.images.entries()) {
    await check(source)
    onProgress(done + 1, set.images.length)
  }
  for (const problem of await findLeaks(folder, images)) say(problem)
  return {
    format: set.format,
    images: folder,
    imageCount: images.length,
    labelled: labelled.size,
    unlabelled: images.length - labelled.size,
    objects,
    classes: [...classes]
      .map(([name, counted]) => ({ name, objects: counted.objects, images: counted.images.size }))
      .sort((a, b) => b.objects - a.objects),
    wrong,
    wrongCount,
    notes: [...set.notes, ...balanceNotes(classes)],
  }
}

/** A class with so many times fewer objects than the largest is hard to learn beside it. */
const RARE = 100

const balanceNotes = (
  classes: ReadonlyMap<string, { readonly objects: number; readonly images: ReadonlySet<string> }>,
): string[] => {
  const unused = [...classes].flatMap(([name, { objects }]) => (objects === 0 ? [name] : []))
  const most = maxOf([...classes.values()].map(({ objects }) => objects))
  const rare = [...classes].flatMap(([name, { objects }]) =>
    objects > 0 && objects * RARE < most ? [name] : [],
  )
  const onlyOn = [...classes].flatMap(([name, { images }]) => {
    const sides = new Set([...images].map(sideOf))
    return images.size > 0 && !sides.has('train') && !sides.has(null) ? [name] : []
  })
  const listed = (names: readonly string[]) =>
    `${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`
  return [
    ...(unused.length === 0 ? [] : [`Classes without objects: ${listed(unused)}.`]),
    ...(rare.length === 0
      ? []
      : [`Classes with less than a hundredth of the largest one's objects: ${listed(rare)}.`]),
    ...(onlyOn.length === 0 ? [] : [`Classes that train on no image: ${listed(onlyOn)}.`]),
  ]
}
