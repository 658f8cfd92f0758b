/**
 * Stores what a merge decided, in edits of one run that are undone together; each carries the name of whoever made its
 * objects. Owns that a merge which is cut off can be done again: what has come already is the same then.
 */
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { diffOf } from '../../common/diff.ts'
import { hasCode, messageOf } from '../../common/errors.ts'
import { countVertices } from '../../common/geometry/measure.ts'
import type { KeptMask } from '../../common/kept-mask.ts'
import type { Annotation, ImageRecord } from '../../common/model.ts'
import { imageRecordOf, isSameRecord } from '../../common/new-records.ts'
import { said } from '../../common/said.ts'
import type { Editing } from '../editing/editing.ts'
import { mergeRecords } from './image-record.ts'
import { createNumbers } from './numbers.ts'
import type { OtherProject } from './other-project.ts'
import type { MergeSide } from './pair-projects.ts'
import { objectsThere, type MergeControl, type MergePlan, type PlannedImage } from './plan.ts'
import { arriving, resolvePair } from './resolve.ts'

/** Objects and points of one edit, about: it is one message to the page. */
const MOST_OBJECTS = 4000
const MOST_POINTS = 150_000
/** Images of one edit of states. */
const MOST_IMAGES = 1000

/** What one person's objects change. */
interface Change {
  readonly added: Annotation[]
  readonly updated: [Annotation, Annotation][]
  readonly removed: Annotation[]
}

const emptyChange = (): Change => ({ added: [], updated: [], removed: [] })

const sizeOf = ({ added, updated, removed }: Change) => added.length + updated.length + removed.length

interface MergeTarget extends MergeSide {
  readonly editing: Pick<Editing, 'commit'>
}

interface ApplyOptions {
  readonly target: MergeTarget
  readonly other: OtherProject
  readonly plan: MergePlan
  /** That all edits belong to. */
  readonly run: string
  readonly control: MergeControl
  readonly onStored: (objects: number) => void
}

/** @throws CodedError cancelled, disk-full, not-writable, project-gone: what was stored until then stays, under its run */
export const applyMerge = async ({
  target,
  other,
  plan,
  run,
  control,
  onStored,
}: ApplyOptions): Promise<void> => {
  const { store, editing } = target
  const { classes, report } = plan
  const numbers = createNumbers(plan, store)
  editing.commit(
    diffOf({
      labels: { added: [...classes.added], updated: classes.updated.map(([from, to]) => [from, to]) },
    }),
    run,
  )
  const waiting = new Map<string, Change>()
  /** Vertices of what waits, by its author. */
  const points = new Map<string, number>()

  const masksOf = ({ added, updated }: Change): KeptMask[] =>
    [...added, ...updated.map(([, to]) => to)].flatMap(({ mask }) => {
      const kept = mask === undefined ? null : other.store.masks.get(mask.id)
      return kept === null ? [] : [kept]
    })

  const commit = (author: string, change: Change): void => {
    editing.commit(diffOf({ annotations: change }), run, masksOf(change), author)
    onStored(sizeOf(change))
  }
  /** Somebody changed one of them meanwhile: the others are none the worse for it. */
  const commitApart = (author: string, { added, updated, removed }: Change): void => {
    const byImage = new Map<number, Change>()
    const of = ({ imageId }: Annotation) => {
      const known = byImage.get(imageId) ?? emptyChange()
      byImage.set(imageId, known)
      return known
    }
    for (const one of added) of(one).added.push(one)
    for (const pair of updated) of(pair[0]).updated.push(pair)
    for (const one of removed) of(one).removed.push(one)
    for (const [imageId, change] of byImage)
      try {
        commit(author, change)
      } catch (thrown) {
        if (!hasCode(thrown, 'conflict')) throw thrown
        report.line(
          store.images.get(imageId)?.path ?? null,
          said('left out: {why}', { why: messageOf(thrown) }),
        )
      }
  }
  const flush = (author: string): void => {
    const change = waiting.get(author)
    waiting.delete(author)
    points.delete(author)
    if (change === undefined || sizeOf(change) === 0) return
    try {
      commit(author, change)
    } catch (thrown) {
      if (!hasCode(thrown, 'conflict')) throw thrown
      commitApart(author, change)
    }
  }

  const take = (image: PlannedImage): void => {
    const { here, there } = image.pair
    if (image.added.length + image.pairs.length + image.overtaken.length === 0) return
    const ours = new Map(store.annotations.ofImage(here.id).map((one) => [one.id, one]))
    const theirs = new Map(objectsThere(other, classes, there).objects.map((one) => [one.id, one]))
    const authorOf = other.store.authors.ofImage(there.id)
    const mapping = numbers.ofImage(image, ours, theirs)
    const changeOf = (id: string): Change => {
      const author = authorOf(id) ?? ''
      const known = waiting.get(author) ?? emptyChange()
      waiting.set(author, known)
      return known
    }
    for (const planned of image.pairs) {
      const [one, two] = [ours.get(planned.here), theirs.get(planned.there)]
      if (one === undefined || two === undefined || planned.isHeld) continue
      const after = resolvePair({ ...planned, here: one, there: two }, planned.choice, mapping)
      if (after !== one) changeOf(two.id).updated.push([one, after])
    }
    const overtaken = new Map(image.overtaken.map(({ proposal, by }) => [by, proposal]))
    for (const id of image.added) {
      const two = theirs.get(id)
      if (two === undefined) continue
      const proposal = ours.get(overtaken.get(id) ?? '')
      if (proposal?.id === id) {
        changeOf(id).updated.push([proposal, arriving(two, here.id, id, mapping)])
        continue
      }
      if (proposal !== undefined) changeOf(id).removed.push(proposal)
      const author = authorOf(id) ?? ''
      points.set(author, (points.get(author) ?? 0) + countVertices(two.shape))
      const fresh = store.annotations.has(id) ? randomUUID() : id
      changeOf(id).added.push(arriving(two, here.id, fresh, mapping))
    }
  }

  const flushAll = () => {
    for (const author of [...waiting.keys()]) flush(author)
  }
  control.begin(plan.images.length)
  for (const image of plan.images) {
    await control.ready(flushAll)
    take(image)
    for (const [author, change] of waiting) {
      if (sizeOf(change) < MOST_OBJECTS && (points.get(author) ?? 0) < MOST_POINTS) continue
      flush(author)
      await setImmediate()
    }
    control.step()
  }
  flushAll()
  await storeRecords({ target, plan, run })
}

/** Last, since an edit of long work takes a review back from the images whose objects it changes. */
const storeRecords = async ({ target, plan, run }: Pick<ApplyOptions, 'target' | 'plan' | 'run'>) => {
  const { store, editing } = target
  const rule = plan.rule === 'ask' ? null : plan.rule
  let changes: [ImageRecord, ImageRecord][] = []
  const flush = () => {
    if (changes.length > 0) editing.commit(diffOf({ images: { updated: changes } }), run)
    changes = []
  }
  for (const image of plan.images) {
    const { here, there } = image.pair
    const { record, notes } = mergeRecords(
      imageRecordOf(here),
      imageRecordOf(there),
      {
        isTouchedHere: here.annotationCount > 0 || here.status === 'done',
        isTouchedThere: there.annotationCount > 0 || there.status === 'done',
        isAsHere: image.isAsHere,
        isAsThere: image.isAsThere,
        isOpen: image.pairs.some(({ reasons, choice }) => reasons.length > 0 && choice === 'both'),
      },
      rule,
    )
    for (const note of notes) plan.report.line(here.path, note)
    const now = store.images.get(here.id)
    if (now === null) continue
    if (!isSameRecord(here, record)) plan.report.changed()
    if (isSameRecord(now, record)) continue
    changes.push([imageRecordOf(now), record])
    if (changes.length < MOST_IMAGES) continue
    flush()
    await setImmediate()
  }
  flush()
}
