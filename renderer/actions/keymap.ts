/** Which keys a command has now: the ones that the user gave it, else its own. The one source of every key that is shown or pressed. */
import type { Settings } from '../../common/contract/settings.ts'
import type { Action } from './action.ts'
import { writeShortcut, type Platform } from './shortcut.ts'

/** What differs from the default keys, by the id of the command. */
export type ChangedKeys = Settings['shortcuts']

export const noChanges: ChangedKeys = {}

export const shortcutsOf = (action: Action, changed: ChangedKeys): readonly string[] =>
  action.fixed === undefined ? (changed[action.id] ?? action.shortcuts) : action.shortcuts

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((shortcut, at) => shortcut === other[at])

export const isChanged = (action: Action, changed: ChangedKeys): boolean =>
  !isSame(shortcutsOf(action, changed), action.shortcuts)

/** With these keys for a command; what is as by default is not kept. */
export const withShortcuts = (
  changed: ChangedKeys,
  action: Action,
  shortcuts: readonly string[],
): ChangedKeys => {
  const others = Object.fromEntries(Object.entries(changed).filter(([id]) => id !== action.id))
  return isSame(shortcuts, action.shortcuts) ? others : { ...others, [action.id]: [...shortcuts] }
}

/**
 * Two commands that by default have a key in common are never both to be run (a draft's Enter and a review's), and
 * what can't be changed stands before the others only while it is waited for.
 */
const mayShare = (one: Action, other: Action): boolean =>
  one.fixed !== undefined ||
  other.fixed !== undefined ||
  one.shortcuts.some((shortcut) => other.shortcuts.includes(shortcut))

/** The other commands that a key would run too, where both could be meant. */
export const rivalsOf = (
  action: Action,
  shortcut: string,
  changed: ChangedKeys,
  actions: readonly Action[],
): Action[] =>
  actions.filter(
    (other) =>
      other.id !== action.id &&
      shortcutsOf(other, changed).includes(shortcut) &&
      (other.clipboard !== undefined || !mayShare(action, other)),
  )

/** Every key that more than one command has, with those commands. */
export const clashesIn = (
  changed: ChangedKeys,
  actions: readonly Action[],
): { shortcut: string; actions: Action[] }[] => {
  const owners = new Map<string, Action[]>()
  for (const action of actions)
    for (const shortcut of shortcutsOf(action, changed))
      owners.set(shortcut, [...(owners.get(shortcut) ?? []), action])
  return [...owners].flatMap(([shortcut, all]) => {
    const rivals = all.filter((action) => rivalsOf(action, shortcut, changed, all).length > 0)
    return rivals.length > 0 ? [{ shortcut, actions: rivals }] : []
  })
}

/** Takes a key from each of these commands. */
export const takeFrom = (changed: ChangedKeys, shortcut: string, actions: readonly Action[]): ChangedKeys =>
  actions.reduce(
    (next, action) =>
      withShortcuts(
        next,
        action,
        shortcutsOf(action, next).filter((one) => one !== shortcut),
      ),
    changed,
  )

/** A text that names commands, '{lock}', with their keys in it; a command without one is named in words. */
export const fillKeys = (
  text: string,
  actions: readonly Action[],
  changed: ChangedKeys,
  platform: Platform,
): string =>
  text.replaceAll(/\{([a-z0-9-]+)\}/g, (whole, id: string) => {
    const action = actions.find((one) => one.id === id)
    if (!action) return whole
    const [shortcut] = shortcutsOf(action, changed)
    return shortcut === undefined ? `“${action.label}”` : writeShortcut(shortcut, platform)
  })
