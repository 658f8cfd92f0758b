/** Undo of all edits of one run of long work, in portions: other calls are answered in between. */
import { setImmediate } from 'node:timers/promises'
import { diffOf, reverseDiff, type Diff } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import { findLocked, isLocked } from '../../common/locks.ts'
import type { LabelId } from '../../common/model.ts'
import type { Edit, EditKind } from '../store/edits-table.ts'
import type { EditStore } from '../store/store.ts'
import type { Editing, EventKind } from './editing.ts'

interface RunPortion {
  /** Objects that are gone. */
  readonly removed: number
  /** Objects that were changed since, or whose edit can't be read: they stay. */
  readonly kept: number
  /** Where the next portion begins; null when there is none. */
  readonly below: number | null
}

/**
 * Takes back, newest first, up to `most` edits of a run. What was changed or locked since stays, and the rest of its edit
 * goes. @param below where the portion before ended; Infinity at first
 */
export type UndoRun = (run: string, below: number, most: number) => RunPortion

interface UndoRunParts {
  readonly store: EditStore
  /** Takes one edit over to the other stack. @returns its Diff, or why it can't be applied: then nothing is done */
  readonly tryMove: (edit: Edit, kind: 'undo') => Diff | CodedError
  readonly write: (diff: Diff, kind: EditKind, run: null) => boolean
  readonly announce: (diff: Diff, kind: EventKind, everywhere: boolean) => void
}

export const createUndoRun = ({ store, tryMove, write, announce }: UndoRunParts): UndoRun => {
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
  const isHeld = ({ diff }: Edit) =>
    diff !== null && findLocked({ ...reverseDiff(diff), pictures: { updated: [] } }, isLabelLocked) !== null

  return (run, start, most) => {
    const applied: { diff: Diff; everywhere: boolean; kind: EventKind }[] = []
    let [removed, kept, below] = [0, 0, start]
    const more = store.transact(() => {
      for (let count = 0; count < most; count += 1) {
        const edit = store.edits.newestOfRun(run, below)
        if (edit === null) return false
        below = edit.sequence
        const made = edit.diff?.annotations.added.length ?? 1
        const taken = isHeld(edit) ? null : tryMove(edit, 'undo')
        const isWhole = taken !== null && !(taken instanceof CodedError)
        const diff = isWhole ? taken : edit.diff && undoRest(edit.diff)
        const gone = diff?.annotations.removed.length ?? 0
        removed += gone
        kept += made - gone
        if (diff !== null)
          applied.push({ diff, everywhere: edit.everywhere, kind: isWhole ? 'undo' : 'commit' })
      }
      return true
    })
    for (const { diff, kind, everywhere } of applied) announce(diff, kind, everywhere)
    return { removed, kept, below: more ? below : null }
  }
}

/** Edits in one transaction: some 20 ms with masks of usual size. */
const PORTION = 20

/**
 * @param editing of the open project; asked before each portion, so that one that was closed is not written to
 * @returns how many objects are gone, and how many stay because they were changed since
 */
export const undoWholeRun = async (
  editing: () => Pick<Editing, 'undoRun'>,
  run: string,
): Promise<{ removed: number; kept: number }> => {
  const mine = editing()
  let [removed, kept] = [0, 0]
  for (let below: number | null = Infinity; below !== null;) {
    if (editing() !== mine) break
    const portion = mine.undoRun(run, below, PORTION)
    removed += portion.removed
    kept += portion.kept
    below = portion.below
    await setImmediate()
  }
  return { removed, kept }
}
