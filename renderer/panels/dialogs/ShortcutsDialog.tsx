/** Every shortcut as it is now, from the list of actions. */
import { pointerLines, shortcutLines } from '../../actions/all-actions.ts'
import { useAction } from '../controls/use-action.ts'
import { Key, Keys } from '../controls/Keys.tsx'
import { Modal } from '../controls/Modal.tsx'
import { useChangedKeys } from '../controls/use-keys.ts'

export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => {
  const changed = useChangedKeys()
  const change = useAction('change-shortcuts')
  return (
    <Modal
      open
      onClose={onClose}
      title="Keyboard shortcuts"
      width={760}
      testId="shortcuts-dialog"
      isText
      footer={
        <>
          <span className="foot-note">Every command can have another key.</span>
          <button type="button" className="button" data-testid="shortcuts-change" onClick={change.run}>
            {change.action.label}
          </button>
        </>
      }
    >
      <div className="sheet">
        {shortcutLines(changed).map(({ group, lines }) => (
          <section key={group}>
            <h3>{group}</h3>
            {lines.map(({ id, text, shortcuts, range }) => (
              <div className="sheet-line" key={id}>
                <span>{text}</span>
                <span className="sheet-keys">
                  {range === null ? (
                    shortcuts.map((shortcut) => <Keys key={shortcut} shortcut={shortcut} />)
                  ) : (
                    <Key name={range} />
                  )}
                </span>
              </div>
            ))}
          </section>
        ))}
        <section>
          <h3>On the image</h3>
          {pointerLines.map(({ keys, text }) => (
            <div className="sheet-line" key={keys}>
              <span>{text}</span>
              <span className="sheet-keys">
                <Key name={keys} />
              </span>
            </div>
          ))}
        </section>
      </div>
    </Modal>
  )
}
