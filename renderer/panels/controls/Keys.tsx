/** A shortcut as the platform writes it. */
import { keysOf, platformOf } from '../../actions/shortcut.ts'
import { useShortcut } from './use-keys.ts'

const platform = platformOf(navigator)

export const Keys = ({ shortcut }: { shortcut: string }) => (
  <span className="keys" aria-label={keysOf(shortcut, platform).join(' ')}>
    {keysOf(shortcut, platform).map((key) => (
      <kbd key={key}>{key}</kbd>
    ))}
  </span>
)

/** The first key of a command; nothing when it has none. */
export const ActionKeys = ({ id }: { id: string }) => {
  const shortcut = useShortcut(id)
  return shortcut === undefined ? null : <Keys shortcut={shortcut} />
}

/** Keys that stand as they are: 'Tab', '1-9'. */
export const Key = ({ name }: { name: string }) => <kbd>{name}</kbd>
