/** The keys that commands have now, for the React tree. */
import { actionOf, allActions } from '../../actions/all-actions.ts'
import { fillKeys, noChanges, shortcutsOf, type ChangedKeys } from '../../actions/keymap.ts'
import { platformOf } from '../../actions/shortcut.ts'
import { useApp } from '../../state/session-context.ts'

export const useChangedKeys = (): ChangedKeys => useApp((state) => state.settings?.shortcuts ?? noChanges)

/** The first key of a command; undefined when it has none, or when there is no command. */
export const useShortcut = (id: string | undefined): string | undefined => {
  const changed = useChangedKeys()
  return id === undefined ? undefined : shortcutsOf(actionOf(id), changed)[0]
}

/** A text with the keys of the commands that it names, '{lock}'. */
export const useFilled = (text: string): string =>
  fillKeys(text, allActions, useChangedKeys(), platformOf(navigator))
