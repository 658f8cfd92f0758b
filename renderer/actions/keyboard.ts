/**
 * Turns key events of the window into actions. Leaves text fields, open dialogs and menus alone, and what another
 * listener took before (the stage's arrows while a shape is selected).
 */
import { showNotice } from '../state/report.ts'
import type { Session } from '../state/session.ts'
import { stateOf, type Action } from './action.ts'
import { exchange } from './clipboard-actions.ts'
import { allActions, actionOf, runAction } from './all-actions.ts'
import { fillKeys, noChanges, shortcutsOf } from './keymap.ts'
import { matchesShortcut, type KeyInput, type Platform } from './shortcut.ts'

/** Keeps the Space that pans from being one that commits. */
const LONG_PRESS_MS = 350

const isText = (element: Element) =>
  element.matches('textarea, select, [contenteditable="true"]') ||
  (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(element.type))

const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"][data-popup]'

/** A control that keeps its own keys: what Enter, Space and Tab do in a focused button stays so. */
const keepsKey = (element: Element, key: string): boolean => {
  if (key === 'Tab') return element !== document.body && element.closest('[data-stage]') === null
  if (key === 'Enter' || key === ' ')
    return (
      element.closest(
        'button, a, summary, input, [role="option"], [role="row"], [role="menuitem"], [role="tab"]',
      ) !== null
    )
  if (key.startsWith('Arrow') || key === 'Home' || key === 'End' || key === 'Delete' || key === 'Backspace')
    return (
      element.closest('input, [role="slider"], [role="separator"], [role="radiogroup"], [data-own-keys]') !==
      null
    )
  return false
}

const changedOf = (session: Session) => session.store.getState().settings?.shortcuts ?? noChanges

const actionsOf = (event: KeyInput, session: Session, platform: Platform): Action[] => {
  const changed = changedOf(session)
  return allActions.filter((action) =>
    shortcutsOf(action, changed).some((shortcut) => matchesShortcut(event, shortcut, platform)),
  )
}

/** The first enabled action whose shortcut the event is. */
export const actionFor = (event: KeyInput, session: Session, platform: Platform): Action | null => {
  const state = stateOf(session)
  return actionsOf(event, session, platform).find((action) => action.enabled(state)) ?? null
}

/** Why a key does nothing now, where the user should know; null when there is nothing to say. */
export const refusalOf = (event: KeyInput, session: Session, platform: Platform): string | null => {
  if (session.workbench.getState().image === null) return null
  const whyNot = actionsOf(event, session, platform).find((action) => action.whyNot !== undefined)?.whyNot
  return whyNot === undefined ? null : fillKeys(whyNot, allActions, changedOf(session), platform)
}

/** Listens on the window; returns a function that stops it. */
export const listenToKeys = (target: Window, session: Session, platform: Platform): (() => void) => {
  /** Chromium on Linux pastes when the middle button is let go of, which pans here. */
  let isMiddleLast = false
  let spaceDownAt: number | null = null
  let heldKey: { readonly code: string; readonly action: Action } | null = null
  const letGo = () => {
    heldKey?.action.release?.(session)
    heldKey = null
  }

  const isElsewhere = (event: KeyboardEvent): boolean => {
    if (session.view.store.getState().dialog !== null) return true
    const element = event.target instanceof Element ? event.target : document.body
    return isText(element) || element.closest(OVERLAYS) !== null || keepsKey(element, event.key)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    isMiddleLast = false
    // A tooltip closes at Esc and marks the event as handled; the key still does what it does. Menus and dialogs are elsewhere.
    const taken = event.defaultPrevented && event.key !== 'Escape'
    if (event.isComposing || taken || isElsewhere(event)) return
    if (event.key === ' ') {
      // Space scrolls a focused list; here it is a tap that commits or a hold that pans.
      event.preventDefault()
      if (!event.repeat) spaceDownAt = event.timeStamp
      return
    }
    const action = actionFor(event, session, platform)
    if (!action) {
      const message = refusalOf(event, session, platform)
      if (message !== null && !event.repeat) showNotice({ level: 'info', message })
      return
    }
    if (action.clipboard !== undefined) return
    event.preventDefault()
    if (event.repeat && action.repeats !== true) return
    if (action.release) heldKey = { code: event.code, action }
    runAction(action, session)
  }
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.code === heldKey?.code) letGo()
    if (event.key !== ' ' || spaceDownAt === null) return
    const tapped = event.timeStamp - spaceDownAt < LONG_PRESS_MS
    spaceDownAt = null
    const confirm = actionOf('confirm')
    if (tapped && !isElsewhere(event) && shortcutsOf(confirm, changedOf(session)).includes('Space'))
      runAction(confirm, session)
  }
  const onBlur = () => {
    letGo()
    forgetSpace()
  }
  const forgetSpace = () => {
    spaceDownAt = null
  }

  const onPointerDown = (event: PointerEvent) => {
    isMiddleLast = event.button === 1
    forgetSpace()
  }

  const onClipboard = (event: ClipboardEvent) => {
    const element = event.target instanceof Element ? event.target : document.body
    const isOwn =
      isText(element) || element.closest(OVERLAYS) !== null || !document.getSelection()?.isCollapsed
    if (event.type === 'paste' && isMiddleLast && !isOwn) return event.preventDefault()
    if (event.defaultPrevented || isOwn || session.view.store.getState().dialog !== null) return
    if (exchange(event, session)) event.preventDefault()
  }

  target.addEventListener('keydown', onKeyDown)
  for (const type of ['copy', 'cut', 'paste'] as const) target.addEventListener(type, onClipboard)
  target.addEventListener('keyup', onKeyUp)
  target.addEventListener('pointerdown', onPointerDown, true)
  target.addEventListener('blur', onBlur)
  return () => {
    for (const type of ['copy', 'cut', 'paste'] as const) target.removeEventListener(type, onClipboard)
    target.removeEventListener('keydown', onKeyDown)
    target.removeEventListener('keyup', onKeyUp)
    target.removeEventListener('pointerdown', onPointerDown, true)
    target.removeEventListener('blur', onBlur)
  }
}
