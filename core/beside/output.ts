/**
 * The output of an export whose files lie beside the photos: prepared in the project's own folder, sealed, and put in
 * place one by one at the end.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { isInnerPath, ownFileAt } from '../files/inside.ts'
import { PROJECT_FOLDER_NAME } from '../files/names.ts'
import type { Output } from '../export/output.ts'
import { sweepPartials } from '../export/partials.ts'
import { putBeside, type Left } from './put.ts'

const PARTIAL_PREFIX = 'beside-'

export interface LeftFile extends Left {
  readonly image: string
  readonly path: string
}

export interface BesideOutput extends Output {
  /** Photos whose files are to be written. */
  images(): ReadonlySet<string>
  /** After `commit`: files that were left as they are. */
  left(): readonly LeftFile[]
  /** After `commit`: files that are there now as they were to be written. */
  written(): readonly string[]
}

export interface BesideOptions {
  /** The folder of photos, absolute. */
  readonly folder: string
  /** The uid of the project. */
  readonly project: string
  /** Files that are not ours are kept elsewhere and replaced. */
  readonly takeOver?: boolean | undefined
}

/** @throws CodedError not-writable when the project's folder is a link; errors of the file system as they are */
export const openBeside = async ({ folder, project, takeOver }: BesideOptions): Promise<BesideOutput> => {
  const own = join(folder, PROJECT_FOLDER_NAME)
  const there = ownFileAt(folder, PROJECT_FOLDER_NAME)
  if (there === 'link' || there === 'file')
    throw new CodedError(
      'not-writable',
      said('{own} is no folder of ours. Nothing is written beside the photos.', { own }),
    )
  await mkdir(own, { recursive: true })
  await sweepPartials(own, PARTIAL_PREFIX)
  const partial = join(own, `${PARTIAL_PREFIX}${process.pid}-${randomBytes(4).toString('hex')}`)
  await mkdir(partial)
  const staged = new Map<string, { readonly draft: string; image: string | null }>()
  const left: LeftFile[] = []
  const written: string[] = []
  let drafts = 0
  const discard = async () => {
    await rm(partial, { recursive: true, force: true })
    // Where the project lies elsewhere, it was made for this.
    await rmdir(own).catch(() => null)
  }
  return {
    out: folder,
    stage(path) {
      if (!isInnerPath(path) || path.split('/').includes(PROJECT_FOLDER_NAME))
        return Promise.reject(
          new CodedError('bad-input', said('"{path}" leads out of the folder of photos.', { path })),
        )
      const draft = join(partial, String(drafts++))
      staged.set(path, { draft, image: null })
      return Promise.resolve(draft)
    },
    madeFrom(path, image) {
      const one = staged.get(path)
      if (one !== undefined) one.image = image
    },
    earlier: () => null,
    earlierSource: () => null,
    keep: () => undefined,
    classesBefore: [],
    numbered: () => undefined,
    files: () => [...staged.keys()],
    drop: (path) => Promise.resolve(void staged.delete(path)),
    retire: () => undefined,
    async commit() {
      for (const [path, { draft, image }] of staged) {
        if (image === null) throw new Error(`Nothing says which photo ${path} is of.`)
        const text = await readFile(draft, 'utf8')
        const put = await putBeside({ folder, project, image, path }, text, `${draft}.sealed`, takeOver)
        if (typeof put === 'object') left.push({ ...put, image, path })
        else written.push(path)
      }
      await discard()
    },
    discard,
    images: () => new Set([...staged.values()].flatMap(({ image }) => image ?? [])),
    left: () => left,
    written: () => written,
  }
}

/** Takes the file of a photo away that has nothing on it any more. @returns why it was left; null when it was not */
export const removeBeside = async (
  { folder, project, takeOver }: BesideOptions,
  image: string,
  path: string,
): Promise<LeftFile | null> => {
  if (!isInnerPath(path) || !isInnerPath(image) || dirname(image) !== dirname(path)) return null
  const put = await putBeside({ folder, project, image, path }, null, '', takeOver)
  return typeof put === 'object' ? { ...put, image, path } : null
}
