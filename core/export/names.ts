/**
 * Names of images inside an export. Subfolders are kept; a name changes only where the format could not tell two
 * images apart, or a trainer could not find or read the file.
 */

import type { FileKind } from '../images/file-kind.ts'
import type { ImageFormat } from '../images/orientation.ts'
import { said } from '../../common/said.ts'

/** Extensions that OpenCV and the trainers on top of it read everywhere; others are written as PNG. */
const readable = new Set(['jpg', 'jpeg', 'png', 'webp', 'bmp', 'tif', 'tiff'])

export interface ExportName {
  /** Relative to the folder of images, with forward slashes. */
  readonly name: string
  /** Why it differs from the image's path, in words for the report; null when it does not. */
  readonly why: string | null
}

const splitName = (path: string) => {
  const slash = path.lastIndexOf('/')
  const dot = path.lastIndexOf('.')
  return dot > slash + 1
    ? { stem: path.slice(0, dot), extension: path.slice(dot + 1) }
    : { stem: path, extension: '' }
}

/** True when trainers can't read files with this extension. */
export const needsPng = (path: string): boolean => !readable.has(splitName(path).extension.toLowerCase())

/** What an image is written as where that is not what its name says. */
interface OtherKind {
  /** Without the dot. */
  readonly ending: string
  /** In words for the report. */
  readonly why: string
  /** Its pixels are written anew; else the very file gets its true ending. */
  readonly isAnew: boolean
}

const TURNED_KIND = said('it is written upright, which this kind of file is not made for')

/** Names that a kind of file goes by, the usual one first; none for kinds that are not written. */
const endingsOf: Readonly<Partial<Record<ImageFormat, readonly string[]>>> = {
  jpeg: ['jpg', 'jpeg'],
  png: ['png'],
  webp: ['webp'],
  bmp: ['bmp'],
  tiff: ['tif', 'tiff'],
}

/** Upright pixels are written as a file of one of these; others become PNG. */
const uprightKinds: readonly ImageFormat[] = ['jpeg', 'png', 'webp']

/**
 * What an image is written as; null for the file as it is, under its own name.
 * @param kind what the file holds; null where that is not known
 */
export const otherKindOf = (path: string, kind: FileKind | null, isTurned: boolean): OtherKind | null => {
  if (kind === null) return null
  const { format, odd } = kind
  if (odd !== null) return { ending: 'png', why: odd, isAnew: true }
  if (isTurned && !uprightKinds.includes(format)) return { ending: 'png', why: TURNED_KIND, isAnew: true }
  const endings = endingsOf[format] ?? []
  const [usual] = endings
  if (usual === undefined || endings.includes(splitName(path).extension.toLowerCase())) return null
  return {
    ending: usual,
    why: said('it is a .{usual} file, whatever its name says', { usual }),
    isAnew: isTurned,
  }
}

/** The path of a file that belongs to an image: the same with another ending. */
export const besideOf = (name: string, ending: string): string => `${splitName(name).stem}.${ending}`

/** Names are compared as file systems that ignore case and Unicode form would. */
const comparable = (text: string) => text.normalize('NFC').toLowerCase()

/**
 * How a format finds what belongs to an image. 'name': whole names must differ. 'beside': by the name without its
 * extension, so a.jpg and a.png may not both keep theirs. 'stem': so, and in the folder "labels" that stands for the
 * last folder called "images" (YOLO), so no other may be called that.
 */
export type Pairing = 'stem' | 'beside' | 'name'

/** Gives each image of one folder a name of its own. */
export const createNames = (pairing: Pairing) => {
  const taken = new Set<string>()
  const claim = (stem: string, extension: string) => {
    const key = comparable(pairing !== 'name' ? stem : `${stem}.${extension}`)
    if (taken.has(key)) return false
    taken.add(key)
    return true
  }
  /** The name of the image at `path`. @param other what it is written as, where that is not what its name says */
  return (path: string, other: Pick<OtherKind, 'ending' | 'why'> | null): ExportName => {
    const { stem: original, extension } = splitName(path)
    // Trainers find labels by replacing the last folder called "images".
    const stem = pairing === 'stem' ? original.replaceAll(/(^|\/)images(?=\/)/g, '$1images_') : original
    const written = other?.ending ?? extension
    const named = (unique: string) => (written === '' ? unique : `${unique}.${written}`)
    if (claim(stem, written)) {
      const name = named(stem)
      if (stem !== original)
        return { name, why: said('trainers look for labels beside a folder called "images"') }
      return { name, why: other?.why ?? null }
    }
    const base = extension === '' ? stem : `${stem}_${extension.toLowerCase()}`
    let unique = base
    for (let number = 2; !claim(unique, written); number++) unique = `${base}_${number}`
    return { name: named(unique), why: said('another image has the same name') }
  }
}
