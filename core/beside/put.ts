/**
 * Puts one file beside a photo, or takes it away: only where nothing lies, or what this project wrote and nobody has
 * changed since. Everything else is left as it is, with the reason in words.
 */
import { mkdir, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { freeName } from '../files/atomic.ts'
import { findInside, ownFileAt } from '../files/inside.ts'
import { PROJECT_FOLDER_NAME } from '../files/names.ts'
import { readSmallText } from '../files/small-file.ts'
import { sealed, sealOf } from './seal.ts'
import { said } from '../../common/said.ts'

/** Bytes: labelme keeps the picture itself in the file, as base64. */
const LIMIT = 256e6

/** Below the project's own folder: what was replaced on request. */
const REPLACED = 'replaced'

export type Put = 'written' | 'same' | 'removed' | 'none' | Left
export interface Left {
  /** Why the file was left as it is. */
  readonly left: string
  /** `foreign` and `changed` ones can be taken over: `blocked` is a link, no file, or another photo's. */
  readonly why: 'foreign' | 'changed' | 'blocked'
}

export interface Place {
  /** The folder of photos, absolute. */
  readonly folder: string
  /** The uid of the project. */
  readonly project: string
  /** Of the photo, relative to the folder, with forward slashes. */
  readonly image: string
  /** Of the file, likewise. */
  readonly path: string
}

const left = (reason: string, why: Left['why'] = 'blocked'): Left => ({ left: reason, why })

/** What lies at the place: its text, null where nothing does, or why it is nobody's to touch. */
const lookAt = async ({ folder, project, image, path }: Place): Promise<string | null | Left> => {
  const name = basename(path)
  const kind = ownFileAt(folder, path)
  if (kind === 'none') return null
  if (kind === 'link')
    return left(said('There is a link on the way to {name}: it is not followed.', { name }))
  if (kind === 'other') return left(said('{name} is no file.', { name }))
  const text = await readSmallText(join(folder, path), { limit: LIMIT, follow: false }).catch(() => null)
  const seal = text === null ? null : sealOf(text)
  if (text === null || seal?.project !== project)
    return left(said('{name} is not of this project. It is left as it is.', { name }), 'foreign')
  if (!seal.isWhole)
    return left(
      said('{name} was changed by another program since. It is left as it is.', { name }),
      'changed',
    )
  if (seal.image === basename(image)) return text
  const other = await findInside(folder, join(dirname(image), seal.image).replaceAll('\\', '/'))
  return 'file' in other
    ? left(
        said('{name} belongs to {image}: two photos would need the same file.', { name, image: seal.image }),
      )
    : text
}

/** Moves a file that is not ours into the project's own folder, where it can be found again. */
const setAside = async ({ folder, path }: Place): Promise<void> => {
  const way = `${PROJECT_FOLDER_NAME}/${REPLACED}/${path}`
  if (ownFileAt(folder, PROJECT_FOLDER_NAME) === 'link') throw new Error(`${PROJECT_FOLDER_NAME} is a link.`)
  const kept = freeName(join(folder, way))
  await mkdir(dirname(kept), { recursive: true })
  await rename(join(folder, path), kept)
}

/** On the disk before it has its name: half a file would be taken for another program's. */
const write = async (draft: string, text: string): Promise<void> => {
  const handle = await open(draft, 'wx')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * @param text of the file, without its seal; null: it is taken away
 * @param draft a path on the same disk that is free
 * @param takeOver a file that is not ours is kept in the project's folder, and replaced
 * @throws errors of the file system as they are
 */
export const putBeside = async (
  place: Place,
  text: string | null,
  draft: string,
  takeOver = false,
): Promise<Put> => {
  const file = join(place.folder, place.path)
  const wanted = text === null ? null : sealed(text, { project: place.project, image: basename(place.image) })
  const first = await lookAt(place)
  if (first === wanted) return wanted === null ? 'none' : 'same'
  const isRefused = (there: string | null | Left): there is Left =>
    there !== null && typeof there === 'object' && !(takeOver && there.why !== 'blocked')
  if (isRefused(first)) return first
  if (wanted !== null) await write(draft, wanted)
  // Once more, so that next to nothing happens between the look and the renaming.
  const there = await lookAt(place)
  if (isRefused(there)) return there
  const isOurs = there === null || typeof there === 'string'
  if (!isOurs) await setAside(place)
  if (wanted === null) {
    if (isOurs && there !== null) await unlink(file)
    return 'removed'
  }
  await rename(draft, file)
  return 'written'
}
