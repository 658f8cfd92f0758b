/**
 * What a user command is. Toolbar, menus, palette, shortcut sheet, docs/shortcuts.md and tests read the same list of
 * them (all-actions.ts).
 */
import { msg, type TextValues } from '../../common/said.ts'
import { spoken } from '../texts/spoken.ts'
import type { ProjectInfo } from '../../common/model.ts'
import type { Label } from '../../common/model.ts'
import type { Settings } from '../../common/contract/settings.ts'
import type { Review } from '../state/work.ts'
import type { WorkbenchState } from '../workbench/types.ts'
import type { Session } from '../state/session.ts'

export const groups = [
  msg('File'),
  msg('Edit'),
  msg('Images'),
  msg('Tools'),
  msg('Object'),
  msg('Classes'),
  msg('View'),
  msg('Help'),
] as const
export type ActionGroup = (typeof groups)[number]

/** Reads the texts of an action in the language of the window; in the tables they are keys. */
export const spokenAction = (action: Action): Action =>
  spoken(action, ['label', 'short', 'keys', 'summary', 'fixed', 'whyNot'], action.values)

/** What decides whether an action can run. */
export interface ActionState {
  readonly project: ProjectInfo | null
  readonly workbench: WorkbenchState
  /** What everything mode found in the image on screen, while it is looked at. */
  readonly review: Review | null
  /** Worst first: an object is asked about, or nothing is left or there yet; null without a review. */
  readonly reviewing: 'object' | 'open' | null
  readonly labels: readonly Label[]
  /** The first of two digits that pick a class was pressed. */
  readonly classDigit: string | null
  readonly settings: Settings | null
  /** The window is the desktop app's own, and no browser's. */
  readonly ownWindow: boolean
  /** Images in the filtered list. */
  readonly imageTotal: number
  /** Place of the current image in it; null when the filter hides it. */
  readonly imageIndex: number | null
  /** How many of the list come before the current image. */
  readonly imagesBefore: number
}

export interface Action {
  readonly id: string
  /** In words, as a button would say it. */
  readonly label: string
  /** In a menu of what is selected, which need not say so again; without it, `label`. */
  readonly short?: string
  readonly group: ActionGroup
  /**
   * By default: such as 'Mod+Shift+Z' or 'D'; Mod is Ctrl, or Command on a Mac. The first is the one shown. Which keys
   * it has now, `keymap.ts` says.
   */
  readonly shortcuts: readonly string[]
  /** Stands for several actions of one kind in the shortcut sheet: '1-9'. Those others have `listed: false`. */
  readonly keys?: string
  readonly summary?: string
  /** For the placeholders of its texts. */
  readonly values?: TextValues
  readonly listed?: boolean
  /** Why its keys can't be changed. */
  readonly fixed?: string
  /** A held key runs it again and again: for walking, zooming, undo; never for what commits. */
  readonly repeats?: boolean
  /**
   * Its key is left to the browser, whose event of that name brings or takes the text and runs it: only that event may
   * use the system's clipboard without asking.
   */
  readonly clipboard?: 'copy' | 'cut' | 'paste'
  /** Run when its key is let go: for what lasts as long as the key is held. */
  release?(session: Session): void
  enabled(state: ActionState): boolean
  /** Said when its key is pressed while it can't run, with the keys of commands it names, '{lock}'; without it the key is silent. */
  readonly whyNot?: string
  /** For toggles and tools. */
  checked?(state: ActionState): boolean
  run(session: Session): void | Promise<void>
}

export const stateOf = (session: Session): ActionState => {
  const { project, settings } = session.store.getState()
  const { review } = session.work.store.getState()
  const workbench = session.workbench.getState()
  const { isOpen } = session.reviewQueue.store.getState()
  const asked = session.reviewQueue.current() === null ? 'open' : 'object'
  return {
    project,
    settings,
    workbench,
    review: review?.imageId === workbench.image?.id ? review : null,
    reviewing: isOpen ? asked : null,
    labels: session.labels.store.getState().labels,
    classDigit: session.view.store.getState().classDigit,
    imageTotal: session.images.store.getState().total,
    imageIndex: session.navigation.store.getState().index,
    ownWindow: session.store.getState().info?.shell === 'electron',
    imagesBefore: session.navigation.store.getState().before,
  }
}

export const hasProject = (state: ActionState): boolean => state.project !== null
export const hasImage = (state: ActionState): boolean => state.workbench.image !== null
export const hasSelection = (state: ActionState): boolean => state.workbench.selection.size > 0
/** The tool in hand has something unfinished that Enter would commit and Esc would drop. */
export const hasDraft = (state: ActionState): boolean => state.workbench.draft !== null
