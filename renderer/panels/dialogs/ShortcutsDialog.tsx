/** Every shortcut as it is now, from the list of actions. */
import { pointerLines, shortcutLines } from '../../actions/all-actions.ts'
import { useAction } from '../controls/use-action.ts'
import { Key, Keys } from '../controls/Keys.tsx'
import { Modal } from '../controls/Modal.tsx'
import { useChangedKeys } from '../controls/use-keys.ts'
import { t } from '../../texts/t.ts'

export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => {
  const changed = useChangedKeys()
  const change = useAction('change-shortcuts')
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Keyboard shortcuts')}
      width={760}
      testId="shortcuts-dialog"
      isText
      footer={
        <>
          <span className="foot-note">{t('Every command can have another key.')}</span>
          <button type="button" className="button" data-testid="shortcuts-change" onClick={change.run}>
            {t(change.action.label)}
          </button>
        </>
      }
    >
      <div className="sheet">
        {shortcutLines(changed).map(({ group, lines }) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            {lines.map(({ id, text, shortcuts, range }) => (
              <div className="sheet-line" key={id}>
                <span>{t(text)}</span>
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
          <h3>{t('On the image')}</h3>
          {pointerLines.map(({ keys, text }) => (
            <div className="sheet-line" key={keys}>
              <span>{t(text)}</span>
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
