/** The list of every user command, and running one. */
import { spoken } from '../texts/spoken.ts'
import { attempt, showNotice } from '../state/report.ts'
import type { Session } from '../state/session.ts'
import { allTools } from '../tools/all-tools.ts'
import { groups, stateOf, type Action, type ActionGroup, spokenAction } from './action.ts'
import { attributeActions } from './attribute-actions.ts'
import { isChanged, shortcutsOf, type ChangedKeys } from './keymap.ts'
import { changedActions } from './changed-actions.ts'
import { classActions, secondDigitActions } from './class-actions.ts'
import { clipboardActions } from './clipboard-actions.ts'
import { combineActions } from './combine-actions.ts'
import { detailActions } from './detail-actions.ts'
import { editActions } from './edit-actions.ts'
import { fileActions } from './file-actions.ts'
import { followActions } from './follow-actions.ts'
import { helpActions } from './help-actions.ts'
import { imageActions } from './image-actions.ts'
import { lookActions } from './look-actions.ts'
import { markActions } from './mark-actions.ts'
import { mendActions } from './mend-actions.ts'
import { objectActions } from './object-actions.ts'
import { queueActions } from './queue-actions.ts'
import { proposalActions } from './proposal-actions.ts'
import { orderActions } from './order-actions.ts'
import { reviewActions } from './review-actions.ts'
import { selectionActions } from './selection-actions.ts'
import { toolActions } from './tool-actions.ts'
import { workActions } from './work-actions.ts'
import { scaleActions } from './scale-actions.ts'
import { viewActions } from './view-actions.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

/** In the order in which a key finds them: Enter is the review's before the draft's, an arrow the shape's before the images'. */
export const allActions: readonly Action[] = [
  ...secondDigitActions,
  ...fileActions,
  ...editActions,
  ...clipboardActions,
  ...toolActions,
  ...reviewActions,
  ...objectActions,
  ...queueActions,
  ...proposalActions,
  ...selectionActions,
  ...attributeActions,
  ...followActions,
  ...mendActions,
  ...detailActions,
  ...combineActions,
  ...orderActions,
  ...imageActions,
  ...markActions,
  ...changedActions,
  ...classActions,
  ...viewActions,
  ...scaleActions,
  ...lookActions,
  ...workActions,
  ...helpActions,
].map(spokenAction)

const byId = new Map(allActions.map((action) => [action.id, action]))

/** @throws Error when there is no such action: a slip in our own code */
export const actionOf = (id: string): Action => {
  const action = byId.get(id)
  if (!action) throw new Error(`There is no action "${id}".`)
  return action
}

/** What changes objects: while some are on their way to the next image, it would be done to those of the one before. */
const aboutObjects: readonly ActionGroup[] = ['Edit', 'Object', 'Classes']

/** Runs an action that is enabled; a failure is shown to the person. Returns whether it ran. */
export const runAction = (action: Action, session: Session): boolean => {
  if (session.follow.store.getState().carrying !== null && aboutObjects.includes(action.group)) {
    showNotice({
      level: 'info',
      message: t('The next image is on its way. Press the key again when it is there.'),
    })
    return false
  }
  if (!action.enabled(stateOf(session))) return false
  attempt((async () => action.run(session))())
  return true
}

/** One line of the shortcut sheet. */
export interface ShortcutLine {
  readonly id: string
  readonly text: string
  /** Shortcuts, or a range of plain keys as it stands ('1-9'). */
  readonly shortcuts: readonly string[]
  readonly range: string | null
}

/** A range of keys ('1-9') and what follows it unlisted is one line, until one of them is changed. */
const linesOf = (actions: readonly Action[], changed: ChangedKeys): ShortcutLine[] => {
  let isSpread = false
  return actions.flatMap((action, at): ShortcutLine[] => {
    if (action.listed !== false) {
      const next = actions.findIndex((other, place) => place > at && other.listed !== false)
      const family = action.keys === undefined ? [] : actions.slice(at, next === -1 ? undefined : next)
      isSpread = family.some((one) => isChanged(one, changed))
    } else if (!isSpread && !isChanged(action, changed)) return []
    return [
      {
        id: action.id,
        text: isSpread ? action.label : (action.summary ?? action.label),
        shortcuts: shortcutsOf(action, changed),
        range: isSpread ? null : (action.keys ?? null),
      },
    ]
  })
}

/** What the sheet and docs/shortcuts.md show: every action with a key, by group. */
export const shortcutLines = (changed: ChangedKeys): { group: ActionGroup; lines: ShortcutLine[] }[] =>
  groups.map((group) => ({
    group,
    lines: linesOf(
      allActions.filter((action) => action.group === group),
      changed,
    ).filter(({ shortcuts }) => shortcuts.length > 0),
  }))

/** What the pointer does on the image; not actions, but part of what a person looks up. */
export const pointerLines: readonly { readonly keys: string; readonly text: string }[] = [
  ...allTools.flatMap(({ gestures }) => gestures),
  { keys: msg('Shift+draw'), text: msg('With any tool: add to the selected object, a part or more of it') },
  { keys: msg('Alt+draw'), text: msg('With any tool: take away from it, a hole or a piece') },
  { keys: msg('Ctrl+click'), text: msg('Any tool: select one more object, or one less') },
  { keys: msg('Ctrl+drag'), text: msg('Any tool: select all objects that lie in the box by half or more') },
  {
    keys: msg('Right click'),
    text: msg('Any tool but the brush, while nothing is in the making: a menu'),
  },
  { keys: msg('Wheel'), text: msg('Zoom at the pointer') },
  { keys: msg('Space+drag, middle button'), text: msg('Pan') },
].map((line) => spoken(line, ['keys', 'text']))
