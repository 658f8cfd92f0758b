/** Which images an export takes: every size known, what can't be read left out by name. */
import { setImmediate } from 'node:timers/promises'
import { CodedError } from '../../common/errors.ts'
import { changeText, isChanged } from '../../common/changed-picture.ts'
import { renditionOf } from '../../common/rendition.ts'
import { said } from '../../common/said.ts'
import { readFileKind, type FileKind } from '../images/file-kind.ts'
import { isInnerPath } from '../files/inside.ts'
import { OUTSIDE_PROBLEM } from '../files/problems.ts'
import { PAGE, plannedImage, type PlannedImage, type Run } from './run.ts'
import type { SourceImage } from './source.ts'

const AT_ONCE = 8

/** Nobody has said yet that a proposal is an object. */
export const withoutProposals = ({ request: { proposals } }: Run, one: SourceImage): SourceImage =>
  proposals === true ? one : { ...one, annotations: one.annotations.filter(({ proposed }) => !proposed) }

/** Pages of images with their annotations, read one after the other. */
export const readPages = async function* (run: Run, ids: readonly number[]) {
  for (let start = 0; start < ids.length; start += PAGE) {
    run.check()
    yield run.source.read(ids.slice(start, start + PAGE)).map((one) => withoutProposals(run, one))
    await setImmediate()
  }
}

interface Measured extends SourceImage {
  readonly kind: FileKind | null
}

const CHOSEN = said('its bands or its stretch were chosen by hand; written as it is shown here')

/** What the file holds, where it is copied: its name may say something else. */
const kindOf = async ({ source, request }: Run, image: SourceImage['image']): Promise<FileKind | null> => {
  if (!request.copyImages || image.problem !== null) return null
  const file = await source.fileOf(image).catch(() => null)
  const kind = file === null ? null : await readFileKind(file).catch(() => null)
  return kind?.odd === null && renditionOf(image) !== null ? { ...kind, odd: CHOSEN } : kind
}

/** The image as its file is now, as far as it can be read. */
const measured = async (run: Run, one: SourceImage): Promise<Measured> => {
  const item = await run.source.measure(one.image)
  const kind = await kindOf(run, item)
  run.advance(said('Reading image sizes'))
  return { ...one, image: item, kind }
}

/** The classes of the objects, each once. */
const classesOf = (
  { labelIndex }: Pick<Run, 'labelIndex'>,
  annotations: SourceImage['annotations'],
): number[] => [...new Set(annotations.flatMap(({ labelId }) => labelIndex.get(labelId) ?? []))]

/** Null, with a line in the report, when the image can't be read. */
const planOne = (run: Run, { image, annotations, damaged, kind }: Measured): PlannedImage | null => {
  for (const { id, reason } of damaged)
    run.leftOut.add(
      `${said('The object is damaged and stays in the project alone.')} ${reason}`,
      image.path,
      id,
    )
  if (damaged.length > 0 && annotations.length === 0) {
    // It would teach that nothing is there.
    run.leftOut.add(said('The image is left out, because all its objects are damaged.'), image.path)
    return null
  }
  if (isChanged(image)) {
    run.leftOut.add(
      `${changeText(image)} ` +
        said(
          'It is left out: open it in the app and choose what becomes of its objects ({objects, number}).',
          {
            objects: annotations.length,
          },
        ),
      image.path,
    )
    return null
  }
  const isInside = isInnerPath(image.path)
  const planned = isInside
    ? plannedImage(
        image,
        classesOf(run, annotations),
        annotations.some(({ labelId }) => !run.omitted.has(labelId)),
        kind,
      )
    : null
  if (!planned) {
    const problem = isInside ? image.problem : OUTSIDE_PROBLEM
    const lost =
      annotations.length > 0
        ? ` ${said('Objects on it that are left out: {annotations, number}.', { annotations: annotations.length })}`
        : ''
    run.leftOut.add(`${problem ?? said('Its size is not known.')}${lost}`, image.path)
  }
  return planned
}

/** Takes those that are asked for out of the images, and says at the end how many were not. */
const createAsked = ({ source, request: { filter, onlyDone, proposals }, leftOut }: Run) => {
  const meant = filter === undefined ? null : new Set(source.filtered(filter))
  const skipped = { filter: 0, done: 0 }
  let proposed = 0
  return {
    of: (page: readonly SourceImage[]): readonly SourceImage[] =>
      page.filter(({ image: { id, status, proposedCount } }) => {
        const why =
          meant?.has(id) === false ? 'filter' : onlyDone === true && status !== 'done' ? 'done' : null
        if (why !== null) skipped[why] += 1
        else proposed += proposedCount
        return why === null
      }),
    say() {
      if (proposed > 0 && proposals !== true)
        leftOut.add(
          proposed === 1
            ? said('A proposal is left out: nobody has accepted it yet.')
            : said('{proposed, number} proposals are left out: nobody has accepted them yet.', { proposed }),
        )
      if (skipped.filter > 0)
        leftOut.add(
          skipped.filter === 1
            ? said('An image outside of the filter: only the others were asked for.')
            : said('{count, number} images outside of the filter: only the others were asked for.', {
                count: skipped.filter,
              }),
        )
      if (skipped.done > 0)
        leftOut.add(
          skipped.done === 1
            ? said('An image that is not marked done: only the others were asked for.')
            : said('{count, number} images that are not marked done: only the others were asked for.', {
                count: skipped.done,
              }),
        )
    },
  }
}

/** Every image that is asked for and can be read, in the order of the list. */
export const planImages = async (run: Run): Promise<PlannedImage[]> => {
  const ids = run.source.imageIds()
  // Once to read it, once to write it.
  run.expect(2 * ids.length)
  const planned: PlannedImage[] = []
  const asked = createAsked(run)
  for await (const whole of readPages(run, ids)) {
    const page = asked.of(whole)
    for (let start = 0; start < page.length; start += AT_ONCE) {
      run.check()
      const some = await Promise.all(page.slice(start, start + AT_ONCE).map((one) => measured(run, one)))
      planned.push(...some.map((one) => planOne(run, one)).filter((one) => one !== null))
    }
  }
  asked.say()
  return planned
}

/**
 * For formats where an image without objects teaches "nothing here": only those that a person has finished.
 * @param empty what the others get, in words: 'an empty label file'
 * @throws CodedError not-found when there is none
 */
export const finishedOf = (run: Run, images: readonly PlannedImage[], empty: string): PlannedImage[] => {
  const taken = images.filter((image) => image.hasObjects || !image.isTodo)
  if (taken.length === 0 || run.labels.length === 0)
    throw new CodedError(
      'not-found',
      said(
        'There is nothing to export: no image has objects, and none is marked done. Label some images first.',
      ),
    )
  const unfinished = images.length - taken.length
  if (unfinished > 0)
    run.leftOut.add(
      unfinished === 1
        ? said(
            'An image without objects is left out, because it is not marked done. Mark it done to train on it as an image with nothing in it.',
          )
        : said(
            '{unfinished, number} images without objects are left out, because they are not marked done. Mark them done to train on them as images with nothing in them.',
            { unfinished },
          ),
    )
  const background = taken.filter((image) => !image.hasObjects).length
  if (background === 1)
    run.notes.push(said('An image is done and has no objects: it gets {empty}.', { empty }))
  if (background > 1)
    run.notes.push(
      said('{background, number} images are done and have no objects: they get {empty}.', {
        background,
        empty,
      }),
    )
  return taken
}
