/**
 * Divides the images and stores it: each image remembers its side, in edits that are undone together. What was put
 * somewhere before stays there, unless it is asked to divide anew.
 */
import { splitRequestSchema, type SplitDetail, type SplitWorkRequest } from '../../common/contract/split.ts'
import { imagesDiff } from '../../common/diff.ts'
import type { ImageItem, Side } from '../../common/model.ts'
import { bySide, divideImages, SIDES, type DividedImage } from '../export/sides.ts'
import { CodedError } from '../../common/errors.ts'
import { msg, said } from '../../common/said.ts'
import { imageFileOf } from '../images/image-file.ts'
import { moveWholeRun } from '../editing/undo-run.ts'
import type { Project } from '../project/project.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'

/** Images of one edit: it is one message to the page. */
const AT_ONCE = 1000

/** Stores the sides that changed, in edits of one run. */
export const storeSides = (
  { editing }: Pick<Project, 'editing'>,
  changes: readonly (readonly [image: Pick<ImageItem, 'id' | 'status' | 'side'>, side: Side | null])[],
  run: string,
): number => {
  const changed = changes.filter(([image, side]) => image.side !== side)
  for (let start = 0; start < changed.length; start += AT_ONCE)
    editing.commit(
      imagesDiff(changed.slice(start, start + AT_ONCE).map(([image, side]) => [image, { side }])),
      run,
    )
  return changed.length
}

/** The images that are trained on: with objects, or done. */
const finishedImages = async (
  { store }: Project,
  again: boolean,
  control: WorkControl<SplitDetail>,
): Promise<{ items: Map<number, ImageItem>; images: DividedImage[] }> => {
  const index = new Map(store.labels.list().map(({ id }, at) => [id, at]))
  const ids = store.images.ids()
  const items = new Map<number, ImageItem>()
  const images: DividedImage[] = []
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    await control.ready()
    for (const item of store.images.getMany(ids.slice(start, start + AT_ONCE))) {
      items.set(item.id, item)
      if (item.problem !== null || (item.annotationCount === 0 && item.status !== 'done')) continue
      const classes = new Set(
        store.annotations
          .ofImage(item.id)
          .flatMap(({ labelId, proposed }) => (proposed ? [] : (index.get(labelId) ?? []))),
      )
      const { id, path, bytes, annotationCount } = item
      const side = again ? null : item.side
      images.push({ id, path, bytes, hasObjects: annotationCount > 0, classes: [...classes], side })
    }
  }
  return { items, images }
}

const detailOf = (
  images: readonly DividedImage[],
  sides: ReadonlyMap<number, Side>,
  names: readonly string[],
  notes: readonly string[],
): SplitDetail => {
  const on = bySide<DividedImage>()
  for (const image of images) on[sides.get(image.id)!].push(image)
  const count = (one: number, side: Side) => on[side].filter(({ classes }) => classes.includes(one)).length
  return {
    images: { train: on.train.length, val: on.val.length, test: on.test.length },
    classes: names.map((name, one) => ({
      name,
      train: count(one, 'train'),
      val: count(one, 'val'),
      test: count(one, 'test'),
    })),
    notes: [...notes],
  }
}

export const splitWork = ({ project, pictures }: WorkParts) => {
  const forget = (current: Project, run: string): string => {
    const items = current.store.images.getMany(current.store.images.ids())
    const count = storeSides(
      current,
      items.map((item) => [item, null] as const),
      run,
    )
    return said('{images, plural, one {# image is} other {# images are}} on no side any more.', {
      images: count,
    })
  }

  const divideAll = async (
    current: Project,
    request: SplitWorkRequest,
    control: WorkControl<SplitDetail>,
  ): Promise<string> => {
    const { store, folder } = current
    await current.scanned().catch(() => undefined)
    if (request.forget === true) return forget(current, control.id)
    const { items, images } = await finishedImages(current, request.again === true, control)
    if (images.length === 0)
      throw new CodedError(
        'not-found',
        said(
          'There is nothing to divide: no image has objects, and none is marked done. Label some images first.',
        ),
      )
    control.begin(images.length)
    let done = 0
    const looking = {
      source: {
        fileOf: (image: { path: string }) => imageFileOf(folder, image.path),
        thumbnail: async (image: { path: string }) =>
          (await pictures.thumbnail(await imageFileOf(folder, image.path))).bytes,
      },
      check() {
        if (control.signal.aborted)
          throw new CodedError('cancelled', said('It was cancelled; nothing was changed.'))
      },
      expect: () => undefined,
      advance: () => control.reach(++done, images.length),
    }
    const names = store.labels.list().map(({ name }) => name)
    const { sides, notes } = await divideImages(looking, request, images, names)
    looking.check()
    const count = storeSides(
      current,
      images.map(({ id }) => [items.get(id)!, sides.get(id)!] as const),
      control.id,
    )
    control.reach(images.length, images.length)
    const detail = detailOf(images, sides, names, notes)
    control.detail(detail)
    const counts = SIDES.map((side) => detail.images[side])
    return said(
      '{train, plural, one {# image trains} other {# images train}}, {val, number} validate, {test, number} test; {now, plural, one {# of them was} other {# of them were}} put there now.',
      { train: counts[0]!, val: counts[1]!, test: counts[2]!, now: count },
    )
  }

  return defineWork<SplitWorkRequest, SplitDetail>({
    name: 'split',
    title: msg('Divide images'),
    unit: 'image',
    request: splitRequestSchema,
    canPause: false,
    isListed: true,
    again: { refuse: said('The images are being divided already. Wait, or cancel that first.') },
    scope: 'project',
    holdsFolder: null,
    cleansUp: true,
    plan(request) {
      const current = project()
      return async (control) => {
        try {
          return await divideAll(current, request, control)
        } catch (thrown) {
          // A conflict in the middle: half a split is none.
          await moveWholeRun(() => current.editing, control.id, 'undo')
          throw thrown
        }
      }
    },
  })
}
