/** Opens the labels that lie at a path, whatever format they have. */
import { dirname, resolve } from 'node:path'
import { encodingOf } from '../../common/encodings.ts'
import { findFiles } from './find-files.ts'
import { findOwnProject, isSameFile, openOwnProject, OWN_PROJECT } from './own-project.ts'
import { loadAll, type LabelSet, type ReadLabels } from './objects.ts'
import type { LabelSource, Readable } from './reader.ts'

export interface LabelPlace {
  /** A folder of label files, or one file. */
  readonly path: string
  /** The id of the format; found out from the files when left out. */
  readonly as?: string | undefined
  /** The file with the names of the classes; looked for beside the labels when left out. */
  readonly names?: string | undefined
  /** Of the texts, where it is not UTF-8 and the files do not tell. */
  readonly encoding?: string | undefined
  /** The number of the first class, where the labels do not tell. */
  readonly firstClass?: 0 | 1 | undefined
  /** Of pictures whose values are classes; apart when left out. */
  readonly parts?: LabelSource['parts'] | undefined
}

/** Labels, and the files that they were read from, absolute; none of a project. */
export interface OpenLabels extends LabelSet {
  readonly files: readonly string[]
}

/**
 * The labels at a place, understood, and read image by image. Whoever opens them closes them.
 * @param formats asked whether the files are theirs
 * @param order the project's classes in their order, for numbers without names
 * @param current the file of the project that is open
 * @throws CodedError not-found when a path is not there, bad-input when there are no labels in it
 */
export const openLabels = async (
  formats: readonly Readable[],
  { path, as, names, encoding, firstClass, parts }: LabelPlace,
  order: readonly string[] = [],
  current: string | null = null,
): Promise<OpenLabels> => {
  const place = resolve(path)
  const own = as === undefined || as === OWN_PROJECT ? findOwnProject(place) : null
  // Labels that lie in the open folder are meant, not its own project.
  if (own !== null && (as === OWN_PROJECT || !isSameFile(own, current)))
    return { ...openOwnProject(own, current), files: [] }
  const { reader, files, note, isFolder } = await findFiles(formats, place, as ?? null)
  const set = await reader.open({
    folder: isFolder ? place : dirname(place),
    files,
    namesFile: names === undefined ? null : resolve(names),
    as: as ?? null,
    encoding: encoding === undefined ? null : encodingOf(encoding),
    firstClass: firstClass ?? null,
    parts: parts ?? 'apart',
    order,
  })
  return { ...set, files, notes: note === null ? set.notes : [...set.notes, note] }
}

/** As `openLabels`, read whole into memory. */
export const readLabels = async (
  formats: readonly Readable[],
  place: LabelPlace,
  order: readonly string[] = [],
  current: string | null = null,
): Promise<ReadLabels> => {
  const set = await openLabels(formats, place, order, current)
  try {
    return await loadAll(set)
  } finally {
    set.close()
  }
}
