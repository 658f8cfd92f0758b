/**
 * Two folders become a third one: photos are copied, never moved or linked, and nothing is written to either. Owns that
 * the new folder appears whole: it is made under another name beside its place, and what a kill leaves there is made anew.
 */
import { existsSync, readdirSync } from 'node:fs'
import { constants, copyFile, mkdir, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import type { MergeReport, MergeRequest } from '../../common/contract/merge.ts'
import { CodedError } from '../../common/errors.ts'
import type { ImageItem } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { PROJECT_FILE_NAME, PROJECT_FOLDER_NAME } from '../files/names.ts'
import { findInside } from '../files/inside.ts'
import { openProject } from '../project/project.ts'
import { applyMerge } from './apply.ts'
import { openOther, type OtherProject } from './other-project.ts'
import { pairProjects } from './pair-projects.ts'
import { planMerge } from './plan.ts'

interface NewFolderOptions extends Omit<MergeRequest, 'other' | 'decisions'> {
  readonly first: string
  readonly second: string
  /** A folder that is not there, or is empty; absolute. */
  readonly into: string
  readonly dataFolder: string
  readonly version: string
  readonly author: () => string
  readonly signal: AbortSignal
  /** What happens now. */
  readonly say: (message: string) => void
  /** Told when something is left that nobody has decided, of which nothing is stored. */
  readonly onUndecided: (report: MergeReport) => never
}

/** Marks the folder that is not whole yet, so that nobody else's is ever removed. */
const MARK = '.maskwright-merging'

const isEmptyOrNone = (folder: string) => !existsSync(folder) || readdirSync(folder).length === 0

const checkPlaces = (into: string, draft: string): void => {
  if (!isEmptyOrNone(into))
    throw new CodedError(
      'bad-input',
      said(
        '{into} is not empty. Name a new folder, or one of the two that are merged. Nothing was changed.',
        { into },
      ),
    )
  if (!isEmptyOrNone(draft) && !existsSync(join(draft, MARK)))
    throw new CodedError(
      'bad-input',
      said('{draft} is in the way and was left as it is. Move it away.', { draft }),
    )
}

/** Copies the photo with its time. @returns why not, in words; null when it is there */
const copyPhoto = async (folder: string, path: string, to: string): Promise<string | null> => {
  const found = await findInside(folder, path)
  if ('fault' in found) return 'its photo is gone or lies outside its folder; its objects come without it.'
  await mkdir(dirname(to), { recursive: true })
  await copyFile(found.file, to, constants.COPYFILE_FICLONE)
  const { atime, mtime } = await stat(found.file)
  await utimes(to, atime, mtime)
  return null
}

/** The path, or one like it that no photo has, in upper or lower case. */
const freePath = (path: string, taken: Set<string>): string => {
  const end = extname(path)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${path.slice(0, path.length - end.length)}-${number}${end}`
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}

const fill = async (
  draft: string,
  one: OtherProject,
  two: OtherProject,
  { signal, say }: NewFolderOptions,
): Promise<MergeReport['lines']> => {
  const lines: MergeReport['lines'] = []
  const ready = () => {
    signal.throwIfAborted()
    return Promise.resolve()
  }
  await mkdir(join(draft, PROJECT_FOLDER_NAME), { recursive: true })
  await writeFile(join(draft, MARK), '')
  await one.writeTo(join(draft, PROJECT_FOLDER_NAME, PROJECT_FILE_NAME))
  const { onlyThere } = await pairProjects(one, two, ready)
  const mine = one.store.images.getMany(one.store.images.ids())
  const taken = new Set(mine.map(({ path }) => path.toLowerCase()))
  const all: (readonly [from: OtherProject, image: ImageItem, to: string])[] = [
    ...mine.map((image) => [one, image, image.path] as const),
    ...onlyThere.map((image) => [two, image, freePath(image.path, taken)] as const),
  ]
  for (const [index, [from, { path }, to]] of all.entries()) {
    await ready()
    if (index % 20 === 0) say(`Copying photo ${index + 1} of ${all.length} ...`)
    const message = await copyPhoto(from.folder, path, join(draft, to))
    if (message !== null) lines.push({ image: path, message })
    else if (to !== path) lines.push({ image: path, message: `of the second folder is ${to} now.` })
  }
  return lines
}

/** @returns the report, in which "here" is the first folder @throws CodedError bad-input, conflict, cancelled, disk-full and what opening throws */
export const mergeIntoNew = async (options: NewFolderOptions): Promise<MergeReport> => {
  const { first, second, into, dataFolder, version, author, signal, say } = options
  const draft = `${into}.merging`
  checkPlaces(into, draft)
  await rm(draft, { recursive: true, force: true })
  const one = await openOther(first, dataFolder, null)
  let two: OtherProject | null = null
  try {
    two = await openOther(second, dataFolder, one.file)
    const copied = await fill(draft, one, two, options)
    const project = await openProject({ folder: draft, dataFolder, version, author, emit: () => undefined })
    let report: MergeReport
    try {
      await project.scanned()
      const control = {
        ready() {
          signal.throwIfAborted()
          return Promise.resolve()
        },
        begin: (total: number) => void (count = { done: 0, total }),
        step() {
          count.done += 1
          if (count.done % 20 === 0) say(`Merging image ${count.done} of ${count.total} ...`)
        },
      }
      let count = { done: 0, total: 0 }
      const plan = await planMerge(project, two, { ...options, decisions: [] }, control)
      if (plan.report.counts().objects.undecided > 0) options.onUndecided(plan.report.result())
      await applyMerge({
        ...{ target: project, other: two, plan, control },
        run: `merge.${crypto.randomUUID()}`,
        onStored: () => undefined,
      })
      const { lines, lineCount, ...rest } = plan.report.result()
      report = { ...rest, lines: [...copied, ...lines], lineCount: lineCount + copied.length }
    } finally {
      await project.close()
    }
    await rm(join(draft, MARK))
    if (existsSync(into)) await rmdir(into)
    await rename(draft, into)
    return report
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true })
    if (signal.aborted)
      throw new CodedError('cancelled', said('Cancelled. Nothing was changed.'), { cause: thrown })
    throw thrown
  } finally {
    one.close()
    two?.close()
  }
}
