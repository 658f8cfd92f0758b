/** The keys of all commands, to be changed: by group, searched, with presets of other programs. */
import { useState } from 'react'
import { groups, type Action } from '../../actions/action.ts'
import { allActions } from '../../actions/all-actions.ts'
import { clashesIn, shortcutsOf, type ChangedKeys } from '../../actions/keymap.ts'
import { presetOf, presets } from '../../actions/presets.ts'
import { platformOf, writeShortcut } from '../../actions/shortcut.ts'
import { useSession } from '../../state/session-context.ts'
import { Keys } from '../controls/Keys.tsx'
import { Modal } from '../controls/Modal.tsx'
import { Segmented } from '../controls/Segmented.tsx'
import { useChangedKeys } from '../controls/use-keys.ts'
import { t } from '../../texts/t.ts'
import { KeyRow } from './KeyRow.tsx'

/** What is part of another command's keys is no line of its own. */
const shown = allActions.filter(({ fixed, clipboard }) => fixed === undefined || clipboard !== undefined)

const OWN = 'own'

const matches = (action: Action, changed: ChangedKeys, text: string) => {
  const keys = shortcutsOf(action, changed).map((shortcut) => writeShortcut(shortcut, platformOf(navigator)))
  const isIn = (where: string) => where.toLowerCase().includes(text.trim().toLowerCase())
  return isIn(action.label) || isIn(t(action.group)) || keys.some(isIn)
}

export const KeysDialog = ({ onClose }: { onClose: () => void }) => {
  const session = useSession()
  const changed = useChangedKeys()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState<{ id: string; place: number } | null>(null)
  /** The keys that a preset took the place of, until something else is changed. */
  const [before, setBefore] = useState<ChangedKeys | null>(null)
  const keep = (shortcuts: ChangedKeys) => session.changeSettings({ shortcuts })
  const change = (shortcuts: ChangedKeys) => {
    setBefore(null)
    keep(shortcuts)
  }
  const preset = presetOf(changed)
  const clashes = clashesIn(changed, allActions)
  const found = shown.filter((action) => matches(action, changed, text))
  const take = (id: string) => {
    const next = presets.find((one) => one.id === id)
    if (!next || next === preset) return
    setBefore(changed)
    keep(next.shortcuts)
  }
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Change shortcuts')}
      width={720}
      testId="keys-dialog"
      description={t('Click a key to change it. What is changed counts at once, in menus and tooltips too.')}
      footer={
        <>
          <span className="foot-note">
            {t(
              'What the pointer does with Shift, Alt and Ctrl, the wheel, and Space held to pan can’t be changed.',
            )}
          </span>
          {before !== null && (
            <button type="button" className="button" data-testid="keys-undo" onClick={() => change(before)}>
              {t('Undo')}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={preset?.id === 'maskwright'}
            data-testid="keys-reset"
            onClick={() => take('maskwright')}
          >
            {t('Reset all')}
          </button>
        </>
      }
    >
      <div className="keys-head">
        <Segmented
          label={t('Keys as in')}
          choices={[
            ...presets.map(({ id, name }) => ({ value: id, name })),
            ...(preset === null ? [{ value: OWN, name: t('Your own') }] : []),
          ]}
          value={preset?.id ?? OWN}
          onChange={take}
        />
        <input
          type="search"
          className="input"
          placeholder={t('Find a command or a key…')}
          aria-label={t('Find a command or a key')}
          value={text}
          data-testid="keys-search"
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {clashes.length > 0 && (
        <div className="warn-line" role="status" data-testid="keys-clashes">
          {t(
            '{count, plural, one {# key} other {# keys}} of more than one command; the first of them that can be run is.',
            { count: clashes.length },
          )}
          {clashes.map(({ shortcut, actions }) => (
            <div key={shortcut}>
              <Keys shortcut={shortcut} /> {actions.map(({ label }) => label).join('; ')}
            </div>
          ))}
        </div>
      )}
      {found.length === 0 && (
        <p className="empty-line">
          {t('Nothing of that name or key. Part of a name is enough: “image”, “ctrl+z”.')}
        </p>
      )}
      {groups.map((group) => {
        const actions = found.filter((action) => action.group === group)
        return (
          actions.length > 0 && (
            <section key={group} className="keys-group">
              <h3>{t(group)}</h3>
              {actions.map((action) => (
                <KeyRow
                  key={action.id}
                  action={action}
                  changed={changed}
                  asked={asked?.id === action.id ? asked.place : null}
                  onAsk={(place) => setAsked(place === null ? null : { id: action.id, place })}
                  onChange={change}
                />
              ))}
            </section>
          )
        )
      })}
    </Modal>
  )
}
