/**
 * The files of one export: prepared in a hidden folder inside the destination and put in place by renames at the end,
 * so that a cancelled or failed export leaves what was there before. Never touches files that are not an export's.
 */
import { randomBytes } from 'node:crypto'
import { lstat, mkdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { isInnerPath } from '../files/inside.ts'
import type { ExportClass } from './classes.ts'
import { openDestination, PARTIAL_PREFIX, type Kind } from './destination.ts'
import { EXPORT_MARKER, markerText } from './marker.ts'
import { sweepPartials } from './partials.ts'
import type { ExportSource } from './source.ts'

export interface Output {
  /** Absolute path of the destination. */
  readonly out: string
  /** Where to write the file that will lie at `path` (relative, forward slashes); its folder exists. */
  stage(path: string): Promise<string>
  /** The file at `path` when an earlier export wrote it; null otherwise. */
  earlier(path: string): string | null
  /** What the earlier export's file at `path` was made from, as that export recorded it; null when it did not. */
  earlierSource(path: string): string | null
  /** Leaves the earlier export's file at `path` as it is, instead of staging it again. */
  keep(path: string): void
  /** The classes of the export before, in the order of their numbers; none in a new folder. */
  readonly classesBefore: readonly ExportClass[]
  /** Tells the next export the classes of this one. */
  numbered(classes: readonly ExportClass[]): void
  /** Tells the next export what the file at `path` is made from. */
  madeFrom(path: string, source: string): void
  /** Every file of the new export so far, in the order in which they were staged or kept. */
  files(): readonly string[]
  /** Takes a staged file back. */
  drop(path: string): Promise<void>
  /** Removes this file at the end, if it is there: what a trainer derived from the export before. */
  retire(path: string): void
  /** Puts the staged files in place and removes those of the earlier export that are no more. */
  commit(): Promise<void>
  /** Removes what was prepared; the destination is as before. */
  discard(): Promise<void>
}

/**
 * The path itself, when it stays in the export: names of images come from a project file that anybody may have written.
 * @throws CodedError bad-input
 */
const inner = (path: string): string => {
  if (isInnerPath(path)) return path
  throw new CodedError(
    'bad-input',
    said('"{path}" leads out of the folder of the export: nothing was written there.', { path }),
  )
}

const exists = async (file: string) => (await lstat(file).catch(() => null)) !== null

/** Removes folders from `folder` upwards to below `top` while they are empty. */
const removeEmpty = async (folder: string, top: string) => {
  for (let path = folder; path.length > top.length; path = dirname(path)) {
    try {
      await rmdir(path)
    } catch {
      return
    }
  }
}

/**
 * Opens the destination for one export.
 * @throws CodedError bad-input, conflict; errors of the file system as they are
 */
export const openOutput = async (
  wanted: string,
  source: Pick<ExportSource, 'folder' | 'imagePaths'>,
  kind: Kind,
): Promise<Output> => {
  const destination = await openDestination(wanted, source, kind)
  const { out, earlier, sources: earlierSources, made, isGuarded } = destination
  await sweepPartials(out, PARTIAL_PREFIX)
  const partial = join(out, `${PARTIAL_PREFIX}${process.pid}-${randomBytes(4).toString('hex')}`)
  await mkdir(partial)
  const kept = new Set<string>()
  const staged = new Set<string>()
  const sources = new Map<string, string>()
  const retired = new Set<string>()
  let classes: readonly ExportClass[] = []
  const folders = new Set<string>()
  const ownFolders = new Set<string>()

  /** The outermost folder on the way to `path` that is a link and leads out of the export; null without one. */
  const linkOnTheWay = async (path: string): Promise<string | null> => {
    const segments = path.split('/').slice(0, -1)
    for (const [index] of segments.entries()) {
      const way = segments.slice(0, index + 1).join('/')
      if (ownFolders.has(way)) continue
      if ((await lstat(join(out, way)).catch(() => null))?.isSymbolicLink()) return way
      ownFolders.add(way)
    }
    return null
  }

  const refuseLinks = async (path: string) => {
    const link = await linkOnTheWay(path)
    if (link === null) return
    throw new CodedError(
      'conflict',
      said('"{link}" in {out} is a link to another place. Remove the link, or choose another folder.', {
        link,
        out,
      }),
    )
  }

  /** Before anything is written, whatever is at the path now. */
  const refuseGuarded = async (path: string) => {
    if (!(await isGuarded(path))) return
    throw new CodedError(
      'conflict',
      said(
        'The export would write {out}, which lies among the images that are open. Choose another folder.',
        { out: join(out, path) },
      ),
    )
  }

  const refuseForeign = async () => {
    if (made) return
    for (const path of staged)
      if (!earlier.has(path) && (await exists(join(out, path))))
        throw new CodedError(
          'conflict',
          said('{out} is there and not from an export. Move it away, or choose another folder.', {
            out: join(out, path),
          }),
        )
  }

  const removeStale = async () => {
    const stale = [...earlier, ...retired].filter((path) => !staged.has(path) && !kept.has(path))
    for (const path of stale) {
      if ((await linkOnTheWay(path)) !== null || (await isGuarded(path))) continue
      await unlink(join(out, path)).catch(() => null)
      await removeEmpty(dirname(join(out, path)), out)
    }
  }

  const discard = async () => {
    await rm(partial, { recursive: true, force: true })
    if (made) await removeEmpty(out, dirname(made))
  }

  return {
    out,
    async stage(path) {
      await refuseLinks(inner(path))
      await refuseGuarded(path)
      const file = join(partial, path)
      const parent = dirname(file)
      if (!folders.has(parent)) await mkdir(parent, { recursive: true })
      folders.add(parent)
      staged.add(path)
      return file
    },
    classesBefore: destination.classes,
    numbered(now) {
      classes = now
    },
    earlier: (path) => (earlier.has(path) ? join(out, path) : null),
    earlierSource: (path) => earlierSources.get(path) ?? null,
    keep: (path) => void kept.add(inner(path)),
    madeFrom: (path, source) => void sources.set(path, source),
    files: () => [...kept, ...staged],
    async drop(path) {
      inner(path)
      staged.delete(path)
      sources.delete(path)
      await rm(join(partial, path), { force: true })
    },
    retire: (path) => void retired.add(inner(path)),
    async commit() {
      await refuseForeign()
      const files = [...kept, ...staged]
      const writeMarker = async (list: readonly string[], madeFrom: ReadonlyMap<string, string>) => {
        const draft = join(partial, EXPORT_MARKER)
        await writeFile(draft, markerText(kind.kind, list, madeFrom, classes))
        await rename(draft, join(out, EXPORT_MARKER))
      }
      // First the marker of both exports: if this process ends here, the next export knows every file. What a file
      // is made from is certain only of those that stay.
      const certain = [...sources].filter(([path]) => kept.has(path))
      await writeMarker([...new Set([...earlier, ...files])], new Map(certain))
      const made = new Set<string>()
      for (const path of staged) {
        const target = join(out, path)
        if (!made.has(dirname(target))) await mkdir(dirname(target), { recursive: true })
        made.add(dirname(target))
        await rename(join(partial, path), target)
      }
      await removeStale()
      await writeMarker(files, sources)
      await rm(partial, { recursive: true, force: true })
    },
    discard,
  }
}
