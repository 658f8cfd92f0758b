/** Undo and redo of all edits of one run of long work, in portions: other calls are answered in between. */
import { setImmediate } from 'node:timers/promises'
import { diffOf, reverseDiff, type Diff } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import { findLocked, isLocked } from '../../common/locks.ts'
import type { LabelId } from '../../common/model.ts'
import type { Edit, EditKind } from '../store/edits-table.ts'
import type { EditStore } from '../store/store.ts'
import type { Editing, EventKind } from './editing.ts'

type Direction = 'undo' | 'redo'

interface RunPortion {
  /** Objects that are taken back, or are as the run made them again. */
  readonly moved: number
  /** Objects that were changed since, or whose edit can't be read: they stay. */
  readonly kept: number
  /** Where the next portion begins; null when there is none. */
  readonly below: number | null
}

/**
 * Takes back, newest first, up to `most` edits of a run, or does them again in the order in which they were made. What
 * was changed or locked since stays, and the rest of its edit goes.
 * @param below where the portion before ended; Infinity at first
 */
export type MoveRun = (run: string, direction: Direction, below: number, most: number) => RunPortion

interface MoveRunParts {
  readonly store: EditStore
  /** Takes one edit over to the other stack. @returns its Diff, or why it can't be applied: then nothing is done */
  readonly tryMove: (edit: Edit, kind: Direction) => Diff | CodedError
  readonly write: (diff: Diff, kind: EditKind, run: null) => boolean
  readonly announce: (diff: Diff, kind: EventKind, everywhere: boolean) => void
}

const objectsOf = ({ annotations: { added, updated, removed } }: Diff) =>
  added.length + updated.length + removed.length

export const createMoveRun = ({ store, tryMove, write, announce }: MoveRunParts): MoveRun => {
  const isLabelLocked = (id: LabelId) => store.labels.get(id)?.locked ?? false

  /** Of an edit that can't be taken back as a whole: what nobody has touched since goes, as an edit of its own. */
  const undoRest = (diff: Diff): Diff | null => {
    const removed = diff.annotations.added.filter(
      (annotation) => !isLocked(annotation, isLabelLocked) && store.annotations.isStored(annotation),
    )
    if (removed.length === 0) return null
    const rest = diffOf({ annotations: { removed } })
    try {
      store.transact(() => write(rest, 'commit', null))
    } catch {
      return null
    }
    return rest
  }

  /** An object of it is locked, by itself or with its class. */
  const isHeld = ({ diff }: Edit, direction: Direction) => {
    if (diff === null) return false
    // That its image was looked at anew with the first object is no choice for all of them.
    const chosen = diff.annotations.added.length > 0 ? { updated: [] } : diff.pictures
    const applied = direction === 'undo' ? reverseDiff(diff) : diff
    return findLocked({ ...applied, pictures: chosen }, isLabelLocked) !== null
  }

  return (run, direction, start, most) => {
    const applied: { diff: Diff; everywhere: boolean; kind: EventKind }[] = []
    let [moved, kept, below] = [0, 0, start]
    const more = store.transact(() => {
      for (let count = 0; count < most; count += 1) {
        const edit = store.edits.newestOfRun(run, direction === 'redo', below)
        if (edit === null) return false
        below = edit.sequence
        const made = edit.diff === null ? 1 : objectsOf(edit.diff)
        const taken = isHeld(edit, direction) ? null : tryMove(edit, direction)
        const isWhole = taken !== null && !(taken instanceof CodedError)
        const rest = () => (direction === 'undo' && edit.diff ? undoRest(edit.diff) : null)
        const diff = isWhole ? taken : rest()
        const gone = diff === null ? 0 : objectsOf(diff)
        moved += gone
        kept += made - gone
        if (diff !== null)
          applied.push({ diff, everywhere: edit.everywhere, kind: isWhole ? direction : 'commit' })
      }
      return true
    })
    for (const { diff, kind, everywhere } of applied) announce(diff, kind, everywhere)
    return { moved, kept, below: more ? below : null }
  }
}

/** Edits in one transaction: some 20 ms with masks of usual size. */
const PORTION = 20

/**
 * @param editing of the open project; asked before each portion, so that one that was closed is not written to
 * @returns how many objects are taken back or there again, and how many stay because they were changed since
 */
export const moveWholeRun = async (
  editing: () => Pick<Editing, 'moveRun'>,
  run: string,
  direction: Direction,
): Promise<{ moved: number; kept: number }> => {
  const mine = editing()
  let [moved, kept] = [0, 0]
  for (let below: number | null = Infinity; below !== null;) {
    if (editing() !== mine) break
    const portion = mine.moveRun(run, direction, below, PORTION)
    moved += portion.moved
    kept += portion.kept
    below = portion.below
    await setImmediate()
  }
  return { moved, kept }
}
