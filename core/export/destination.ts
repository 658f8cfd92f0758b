/** Where an export may go: refuses the folder of photos, the project's own folder, and folders with other files. */
import { mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { PROJECT_FOLDER_NAME } from '../files/names.ts'
import { isWithin } from '../files/inside.ts'
import type { ExportClass } from './classes.ts'
import { EXPORT_MARKER, readMarker, type Marker } from './marker.ts'
import type { ExportSource } from './source.ts'
import { systemCode } from '../files/system-code.ts'

/** Files that systems leave in folders on their own. */
const litter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '.directory'])

/** Name of the folder in which an export is prepared, inside the destination: the same disk, so renames work. */
export const PARTIAL_PREFIX = '.maskwright-partial-'

/** The path with links resolved, as far as it exists. */
const realPathOf = async (path: string): Promise<string> => {
  try {
    return await realpath(path)
  } catch (thrown) {
    const parent = dirname(path)
    if (systemCode(thrown) !== 'ENOENT' || parent === path) throw thrown
    return join(await realPathOf(parent), basename(path))
  }
}

const refuseOwnFolders = async (out: string, folder: string) => {
  const real = await realPathOf(out)
  if (real === (await realPathOf(folder)))
    throw new CodedError(
      'bad-input',
      said('{out} is the folder of images itself. Choose another folder, for instance {folder}.', {
        out,
        folder: join(folder, 'export'),
      }),
    )
  if (real.split(sep).includes(PROJECT_FOLDER_NAME))
    throw new CodedError(
      'bad-input',
      said("{out} lies in Maskwright's own folder. Choose another folder.", { out }),
    )
}

/** Which exports may lie there already. */
export interface Kind {
  /** As the marker has it. */
  readonly kind: string
  readonly kindName: string
}

const refuseOtherFiles = (out: string, names: readonly string[], marker: Marker | null, kind: Kind) => {
  if (marker?.kind && marker.kind !== kind.kind)
    throw new CodedError(
      'conflict',
      said('{out} holds a {kind} export. Choose another folder for {kindName}.', {
        out,
        kind: marker.kind.toUpperCase(),
        kindName: kind.kindName,
      }),
    )
  const others = names.filter((name) => !litter.has(name) && !name.startsWith(PARTIAL_PREFIX))
  if (marker || others.length === 0) return
  const some = others.slice(0, 3).join(', ')
  throw new CodedError(
    'conflict',
    said('{out} holds other files ({some}). Choose a new or empty folder, or one of an earlier export.', {
      out,
      some: some + (others.length > 3 ? ', ...' : ''),
    }),
  )
}

type Source = Pick<ExportSource, 'folder' | 'imagePaths'>

/** Says of a path in the export, relative with forward slashes, whether it is nobody's to write or remove. */
type IsGuarded = (path: string) => Promise<boolean>

/**
 * Guards the originals and the project files, whatever a marker lists: the folder of images may lie in the export's
 * (dataset/images in dataset), and the export's in it, where an image of the project keeps its file.
 */
const createGuard = async (out: string, { folder, imagePaths }: Source): Promise<IsGuarded> => {
  const [realOut, realFolder] = await Promise.all([realPathOf(out), realPathOf(folder)])
  /** Some systems take both letters, and both ways to write an accent, for one name. */
  const fold = (path: string) => path.normalize('NFC').toLowerCase()
  const isBelow = isWithin(realOut, realFolder)
  const way = isBelow ? fold(relative(realFolder, realOut).split(sep).join('/')) : null
  const originals = new Set(way === null ? [] : Array.from(imagePaths(), fold))
  const places = new Map<string, boolean>()
  return async (path) => {
    if (path.split('/').some((name) => fold(name) === PROJECT_FOLDER_NAME)) return true
    if (way !== null) return originals.has(`${way}/${fold(path)}`)
    const parent = dirname(join(out, path))
    const known = places.get(parent)
    if (known !== undefined) return known
    const isAmongImages = isWithin(await realPathOf(parent), realFolder)
    places.set(parent, isAmongImages)
    return isAmongImages
  }
}

export interface Destination {
  /** Absolute. */
  readonly out: string
  readonly isGuarded: IsGuarded
  /** Files of the export before, without those that are guarded; none in a new folder. */
  readonly earlier: ReadonlySet<string>
  /** What copies among them were made from. */
  readonly sources: ReadonlyMap<string, string>
  /** The classes of the export before, in the order of their numbers. */
  readonly classes: readonly ExportClass[]
  /** The outermost folder that had to be made; null when `out` was there. */
  readonly made: string | null
}

/**
 * Makes a folder and its missing parents, and says which was the outermost one made; null when all were there. One
 * after the other: Node's recursive mkdir never ends where a parent is there and answers ENOENT, as /proc does.
 */
const makeFolders = async (folder: string): Promise<string | null> => {
  const there = await stat(folder).catch(() => null)
  if (there?.isDirectory()) return null
  const outer = folder === dirname(folder) ? null : await makeFolders(dirname(folder))
  await mkdir(folder)
  return outer ?? folder
}

/**
 * Makes the folder if need be and says what is in it.
 * @throws CodedError bad-input, conflict; errors of the file system as they are
 */
export const openDestination = async (wanted: string, source: Source, kind: Kind): Promise<Destination> => {
  const { folder } = source
  if (!isAbsolute(wanted))
    throw new CodedError(
      'bad-input',
      said('"{wanted}" is not a whole path. Say where the folder lies from the top, for instance {folder}.', {
        wanted,
        folder: join(dirname(folder), basename(wanted)),
      }),
    )
  const out = resolve(wanted)
  await refuseOwnFolders(out, folder)
  const found = await stat(out).catch(() => null)
  if (found && !found.isDirectory())
    throw new CodedError('conflict', said('{out} is a file. Choose a folder for the export.', { out }))
  const isGuarded = await createGuard(out, source)
  if (!found)
    return {
      out,
      isGuarded,
      earlier: new Set(),
      sources: new Map(),
      classes: [],
      made: await makeFolders(out),
    }
  const marker = await readMarker(out)
  const names = (await readdir(out)).filter((name) => name !== EXPORT_MARKER)
  refuseOtherFiles(out, names, marker, kind)
  const earlier = new Set<string>()
  for (const path of marker?.files ?? []) if (!(await isGuarded(path))) earlier.add(path)
  return {
    out,
    isGuarded,
    earlier,
    sources: marker?.sources ?? new Map<string, string>(),
    classes: marker?.classes ?? [],
    made: null,
  }
}
