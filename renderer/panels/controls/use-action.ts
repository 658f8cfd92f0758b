/** An action bound to the session: whether it can run now, whether it is on, and running it. */
import { useStore } from 'zustand'
import type { Action } from '../../actions/action.ts'
import { stateOf } from '../../actions/action.ts'
import { actionOf, runAction } from '../../actions/all-actions.ts'
import { useShortcut } from './use-keys.ts'
import {
  useApp,
  useImages,
  useLabels,
  useNavigation,
  useSession,
  useWork,
  useWorkbench,
} from '../../state/session-context.ts'

export interface BoundAction {
  readonly action: Action
  /** The key that is shown for it, as `actions/shortcut.ts` writes it; undefined when it has none. */
  readonly shortcut: string | undefined
  readonly enabled: boolean
  readonly checked: boolean | undefined
  readonly run: () => void
}

export const useAction = (id: string): BoundAction => {
  const session = useSession()
  const action = actionOf(id)
  const mode = () => {
    const state = stateOf(session)
    return `${action.enabled(state)}:${action.checked?.(state) ?? 'none'}`
  }
  // Each store that decides is watched through a short text, so that a button redraws only when its state changes.
  useWorkbench(mode)
  useApp(mode)
  useImages(mode)
  useNavigation(mode)
  useWork(mode)
  useStore(session.reviewQueue.store, mode)
  useLabels()
  const state = stateOf(session)
  const shortcut = useShortcut(id)
  return {
    action,
    shortcut,
    enabled: action.enabled(state),
    checked: action.checked?.(state),
    run: () => void runAction(action, session),
  }
}
