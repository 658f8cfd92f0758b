/**
 * The document of the image on screen: the mirror of its annotations and of what is said of it, what can be undone, and the way every edit of
 * the user takes: drawn at once, stored by the core, put back with a message when it is refused.
 */
import type { EventPayload } from '../../common/contract.ts'
import type { History } from '../../common/contract/edits.ts'
import type { Diff } from '../../common/diff.ts'
import type { KeptMask } from '../../common/kept-mask.ts'
import { hasCode } from '../../common/errors.ts'
import type { Annotation, ImageId, ImageRecord } from '../../common/model.ts'
import { imageRecordOf } from '../../common/new-records.ts'
import { errorText } from '../texts/heard.ts'
import { t } from '../texts/t.ts'
import { annotationsOf, emptyMirror, recordOf, withApplied, withoutPending } from './mirror.ts'
import { withPending, withStored, type Mirror } from './mirror.ts'
import type { WorkbenchPorts } from './store.ts'

/** As images.open tells it. */
interface Opened {
  readonly image: ImageRecord
  readonly annotations: readonly Annotation[]
  readonly canUndo: boolean
  readonly canRedo: boolean
}

export interface Document {
  /** What is to be drawn. */
  annotations(): readonly Annotation[]
  /** What is to be shown of the image; null without one. */
  record(): ImageRecord | null
  canUndo(): boolean
  canRedo(): boolean
  open(imageId: ImageId, opened: Opened): void
  close(): void
  /** True when it is stored, false when it was refused and the user has been shown why. */
  commit(diff: Diff, masks?: readonly KeptMask[]): Promise<boolean>
  /** Edits that the core has not answered yet. */
  unstored(): number
  /** An edit that the core tells, ours or another's. */
  apply(payload: EventPayload<'edit.applied'>): void
  undo(): Promise<void>
  redo(): Promise<void>
  /** Takes the core's word for the annotations; drafts and own edits on the way stay. */
  refresh(): Promise<void>
}

interface DocumentPorts extends Pick<WorkbenchPorts, 'client' | 'notify'> {
  /** Annotations or what can be undone changed. */
  readonly onChange: () => void
}

export const createDocument = ({ client, notify, onChange }: DocumentPorts): Document => {
  let mirror: Mirror = emptyMirror
  let canUndo = false
  let canRedo = false
  let unstored = 0

  const takeHistory = (history: History) => {
    canUndo = history.canUndo
    canRedo = history.canRedo
  }

  const take = (opened: Opened) => {
    mirror = { ...mirror, confirmed: opened.annotations, record: imageRecordOf(opened.image) }
    takeHistory(opened)
  }

  /** Counts the edits that were announced: an answer from before the newest of them is dropped. */
  let told = 0

  /** An edit elsewhere may have changed what can be undone here. */
  const askHistory = async () => {
    const { imageId } = mirror
    const asked = told
    try {
      const history = await client.call('edit.history', { imageId })
      if (mirror.imageId !== imageId || told !== asked) return
      takeHistory(history)
      onChange()
    } catch (thrown) {
      notify('error', errorText(thrown))
    }
  }

  /** Takes the core's word when an edit did not fit. */
  const refresh = async () => {
    const { imageId } = mirror
    if (imageId === null) return
    try {
      const opened = await client.call('images.open', { imageId })
      if (mirror.imageId !== imageId) return
      take(opened)
      onChange()
    } catch (thrown) {
      notify('error', errorText(thrown))
    }
  }

  const travel = async (name: 'edit.undo' | 'edit.redo', none: string) => {
    try {
      const { done } = await client.call(name, { imageId: mirror.imageId })
      if (!done) notify('info', none)
    } catch (thrown) {
      notify('error', errorText(thrown))
    }
  }

  return {
    annotations: () => annotationsOf(mirror),
    record: () => recordOf(mirror),
    canUndo: () => canUndo,
    canRedo: () => canRedo,
    open(imageId, opened) {
      // Opened again, the own edits on the way stay drawn.
      mirror = { ...emptyMirror, imageId, pending: mirror.imageId === imageId ? mirror.pending : [] }
      take(opened)
    },
    close() {
      mirror = emptyMirror
      canUndo = false
      canRedo = false
    },
    async commit(diff, masks = []) {
      mirror = withPending(mirror, diff)
      onChange()
      unstored += 1
      try {
        await client.call('edit.commit', masks.length > 0 ? { diff, masks: [...masks] } : { diff })
        mirror = withStored(mirror, diff)
        return true
      } catch (thrown) {
        mirror = withoutPending(mirror, diff)
        onChange()
        notify('error', t('The change was not stored: {why}', { why: errorText(thrown) }))
        if (hasCode(thrown, 'conflict')) await refresh()
        return false
      } finally {
        unstored -= 1
      }
    },
    apply({ diff, kind, histories, everywhere }) {
      mirror = withApplied(mirror, diff, kind)
      const mine = histories.find(({ imageId }) => imageId === mirror.imageId)
      if (mirror.imageId === null || !(mine || everywhere)) return
      told += 1
      if (mine) takeHistory(mine)
      else void askHistory()
      onChange()
    },
    unstored: () => unstored,
    refresh,
    undo: () => travel('edit.undo', t('There is nothing to undo.')),
    redo: () => travel('edit.redo', t('There is nothing to redo.')),
  }
}
