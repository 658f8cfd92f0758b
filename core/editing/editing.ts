/**
 * The one write path of labels, annotations and what is said of images: commit, undo and redo of Diffs. Checks a Diff
 * against what is stored, applies it and writes the undo log in one transaction; nothing else is given an EditStore.
 */
import type { AppEvent, EventPayload } from '../../common/contract.ts'
import type { History } from '../../common/contract/edits.ts'
import { diffOf, imagesOfDiff, isEmptyDiff, reverseDiff, type Diff } from '../../common/diff.ts'
import { editTexts, nameOfEdit } from '../../common/edit-name.ts'
import { CodedError } from '../../common/errors.ts'
import type { KeptMask } from '../../common/kept-mask.ts'
import type { ImageId, LabelId } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { applyDiff } from '../store/apply-diff.ts'
import type { Edit, EditKind, EditScope, StoredRun } from '../store/edits-table.ts'
import type { LabelUsage } from '../store/annotations-table.ts'
import type { EditStore } from '../store/store.ts'
import { refuseOnChanged, withPictures, withReviews } from './completed.ts'
import { createMoveRun, type MoveRun } from './undo-run.ts'

export interface Editing {
  /**
   * Durable when it returns. @param run of long work: all its edits can be undone together
   * @param masks that its objects name; they stay when it is undone, for when it is done again
   * @param by who made it, where that is not whoever works here; '' when it is not known
   * @throws CodedError conflict, disk-full, not-writable
   */
  commit(diff: Diff, run?: string, masks?: readonly KeptMask[], by?: string): void
  /**
   * As `commit`, of a run of very many edits that ends with `settle`, and is done again where that never came.
   * @throws as `commit`
   */
  commitSoon(diff: Diff, run: string): void
  /** What was committed by `commitSoon` is on the disk when this returns. @throws CodedError disk-full, not-writable */
  settle(): void
  /**
   * Takes back the newest edit of the image's scope: one that touches it, changes labels alone, or deletes a label.
   * Scope null has only the latter two. One of these two that can't be taken back now is passed over: its class is
   * used on another image, or its entry in the log is damaged, which is no reason to keep an older edit of this one.
   * Returns false when there is none.
   * @throws CodedError conflict when what the edit changed was changed again elsewhere, unreadable-edit
   */
  undo(scope: EditScope): boolean
  /** Applies again what was undone last in the scope. */
  redo(scope: EditScope): boolean
  history(scope: EditScope): History
  /** What can be taken back and done again, in words, the next step of each first. */
  steps(scope: EditScope, limit: number): { undo: string[]; redo: string[] }
  /** Undo and redo of what one run of long work has made. */
  readonly moveRun: MoveRun
  /** The newest runs that can be undone or done again, the newest first. */
  runs(limit: number): StoredRun[]
  /** Deletes the label and its annotations as one edit. @throws CodedError not-found */
  deleteLabel(labelId: LabelId): LabelUsage
}

type Emit = (event: AppEvent) => void

export type EventKind = EventPayload<'edit.applied'>['kind']

/** Images in one event: a big edit must not become one huge message. */
const IMAGES_PER_EVENT = 500

/** An edit of several images can meet a later change that was made on another of them. */
const refusalOf = (thrown: unknown, kind: 'undo' | 'redo'): CodedError => {
  if (!(thrown instanceof CodedError) || thrown.code !== 'conflict') throw thrown
  const why = thrown.message
  return new CodedError(
    'conflict',
    kind === 'undo'
      ? said("Can't undo this change: {why}", { why })
      : said("Can't redo this change: {why}", { why }),
    { cause: thrown },
  )
}

const unreadable = (kind: 'undo' | 'redo') =>
  new CodedError(
    'unreadable-edit',
    kind === 'undo'
      ? said(
          "Can't undo this change: what the project file kept of it for that is damaged. The objects and classes stay as they are, and new changes can be undone as ever.",
        )
      : said(
          "Can't redo this change: what the project file kept of it for that is damaged. The objects and classes stay as they are, and new changes can be undone as ever.",
        ),
  )

/** Concerns every image: it changes labels alone, or what it removes may be used anywhere. */
const isEverywhere = (diff: Diff): boolean =>
  imagesOfDiff(diff).length === 0 || diff.labels.removed.length > 0

const unknown = () => ''

/**
 * @param author The name that edits are kept under, asked at each commit; empty when it is not known.
 * @param storeFacts Called before each commit: stores what was read of files, which new objects are made on.
 */
export const createEditing = (
  store: EditStore,
  emit: Emit,
  author: () => string = unknown,
  storeFacts: () => void = () => undefined,
): Editing => {
  const history = (scope: EditScope): History => ({
    canUndo: store.edits.has(scope, false),
    canRedo: store.edits.has(scope, true),
  })

  /** `asked` is the image where it was asked for; `everywhere`, that other images' histories may have changed. */
  const announce = (diff: Diff, kind: EventKind, everywhere: boolean, asked: EditScope = null) => {
    const images = imagesOfDiff(diff)
    const told = new Set(images.slice(0, IMAGES_PER_EVENT))
    if (asked !== null) told.add(asked)
    // What was just made on an image can be undone, and made what was undone there unreachable.
    const histories =
      kind === 'commit'
        ? [...told].map((imageId) => ({ imageId, canUndo: true, canRedo: false }))
        : store.look(() => [...told].map((imageId) => ({ imageId, ...history(imageId) })))
    const untold = images.length > IMAGES_PER_EVENT
    emit({ name: 'edit.applied', payload: { diff, kind, histories, everywhere: everywhere || untold } })
    for (let start = 0; start < images.length; start += IMAGES_PER_EVENT) {
      const items = store.images.getMany(images.slice(start, start + IMAGES_PER_EVENT))
      emit({ name: 'images.changed', payload: { images: items } })
    }
  }

  /** Classes are of all images; what is said of objects and images is of those alone. */
  const noted = <T>(change: () => T, doneBy: (result: T) => Diff): T =>
    store.images.note(change, (result) => {
      const diff = doneBy(result)
      const { added, updated, removed } = diff.labels
      return added.length + updated.length + removed.length > 0 ? null : imagesOfDiff(diff)
    })

  /**
   * A new edit makes what was undone in its scope unreachable; an undone label change may carry the rest with it.
   * @returns whether that was the rest of all images
   */
  const dropRedo = (diff: Diff, images: readonly ImageId[]): boolean => {
    const all = diff.labels.removed.length > 0 || store.edits.undoneEverywhere()
    if (all) store.edits.dropAllUndone()
    else store.edits.dropUndone(images)
    return all
  }

  /** @returns whether histories of images changed that the Diff does not touch */
  const write = (diff: Diff, kind: EditKind, run: string | null, by = author()): boolean => {
    const images = imagesOfDiff(diff)
    applyDiff(store, diff)
    const droppedAll = dropRedo(diff, images)
    const everywhere = isEverywhere(diff)
    store.edits.insert({ diff, kind, everywhere, images, author: by, run })
    return everywhere || droppedAll
  }

  /** Takes one edit over to the other stack. @returns its Diff, or why it can't be applied: then nothing is done */
  const tryMove = ({ id, diff }: Edit, kind: 'undo' | 'redo'): Diff | CodedError => {
    if (diff === null) return unreadable(kind)
    const applied = kind === 'undo' ? reverseDiff(diff) : diff
    try {
      store.transact(() => applyDiff(store, applied, kind === 'undo'))
    } catch (thrown) {
      return refusalOf(thrown, kind)
    }
    store.edits.setUndone(id, kind === 'undo')
    return applied
  }

  const move = (scope: EditScope, kind: 'undo' | 'redo'): boolean => {
    const moved = noted(
      () =>
        store.transact(() => {
          const below = (sequence: number) => store.edits.newest(scope, kind === 'redo', sequence)
          let refusal: CodedError | null = null
          for (let edit = below(Infinity); edit !== null; edit = below(edit.sequence)) {
            const outcome = tryMove(edit, kind)
            if (!(outcome instanceof CodedError)) return { diff: outcome, everywhere: edit.everywhere }
            if (edit.own) throw outcome
            refusal ??= outcome
          }
          if (refusal !== null) throw refusal
          return null
        }),
      (found) => found?.diff ?? diffOf({}),
    )
    if (moved === null) return false
    announce(moved.diff, kind, moved.everywhere, scope)
    return true
  }

  const commitBy = (
    transact: EditStore['transact'],
    diff: Diff,
    run: string | null,
    masks: readonly KeptMask[],
    by: string,
  ) => {
    if (isEmptyDiff(diff)) return
    const labelled = new Set(diff.annotations.added.map(({ imageId }) => imageId))
    if (labelled.size > 0) storeFacts()
    const [written, everywhere] = noted(
      () =>
        transact(() => {
          refuseOnChanged(store, labelled)
          const signed = withReviews(store, diff, by, run)
          const whole = withPictures(store, signed, labelled)
          for (const mask of masks) store.masks.insert(mask)
          return [whole, write(whole, 'commit', run, by)] as const
        }),
      ([whole]) => whole,
    )
    announce(written, 'commit', everywhere)
  }

  return {
    commit: (diff, run, masks = [], by = author()) =>
      commitBy((change) => store.transact(change), diff, run ?? null, masks, by),
    commitSoon: (diff, run) => commitBy((change) => store.transactSoon(change), diff, run, [], author()),
    settle: () => store.settle(),
    undo: (scope) => move(scope, 'undo'),
    redo: (scope) => move(scope, 'redo'),
    history,
    steps(scope, limit) {
      const names = new Map(store.labels.list().map(({ id, name }) => [id, name]))
      const told = (undone: boolean) => {
        const found: string[] = []
        let edit = store.edits.newest(scope, undone, Infinity)
        while (edit !== null && found.length < limit) {
          found.push(edit.diff ? nameOfEdit(edit.diff, (id) => names.get(id) ?? null) : editTexts.damaged)
          edit = store.edits.newest(scope, undone, edit.sequence)
        }
        return found
      }
      return { undo: told(false), redo: told(true) }
    },
    moveRun: createMoveRun({ store, tryMove, write, announce }),
    runs: (limit) => store.edits.runs(limit),
    deleteLabel(labelId) {
      const { diff, usage } = store.transact(() => {
        const label = store.labels.get(labelId)
        if (label === null) throw new CodedError('not-found', said('This class does not exist any more.'))
        const usage = store.annotations.usage(labelId)
        // Those below move up, so that positions, and with them the digit keys, have no gap.
        const rest = store.labels.list().filter(({ id }) => id !== labelId)
        const updated = rest
          .map((from, position): [typeof from, typeof from] => [from, { ...from, position }])
          .filter(([from, to]) => from.position !== to.position)
        const diff = diffOf({
          labels: { removed: [label], updated },
          annotations: { removed: store.annotations.ofLabel(labelId) },
        })
        write(diff, 'label-delete', null)
        return { diff, usage }
      })
      announce(diff, 'commit', true)
      return usage
    },
  }
}
