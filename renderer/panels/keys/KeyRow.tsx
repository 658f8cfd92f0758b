/** A command with its keys: each can be changed or taken off, and one more added. */
import { Plus, RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { allActions } from '../../actions/all-actions.ts'
import type { Action } from '../../actions/action.ts'
import {
  isChanged,
  rivalsOf,
  shortcutsOf,
  takeFrom,
  withShortcuts,
  type ChangedKeys,
} from '../../actions/keymap.ts'
import { browserNote } from '../../actions/press.ts'
import { keysOf, platformOf } from '../../actions/shortcut.ts'
import { useApp } from '../../state/session-context.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { Keys } from '../controls/Keys.tsx'
import { rich, t } from '../../texts/t.ts'
import { useRecorder } from './use-recorder.ts'

const platform = platformOf(navigator)

interface KeyRowProps {
  readonly action: Action
  readonly changed: ChangedKeys
  /** The place of the key that is asked for; null while none of this row is. */
  readonly asked: number | null
  readonly onAsk: (place: number | null) => void
  readonly onChange: (changed: ChangedKeys) => void
}

/** A key that others have too, and what can be done about it. */
const Conflict = ({
  shortcut,
  rivals,
  onTake,
  onShare,
  onLeave,
}: {
  shortcut: string
  rivals: readonly Action[]
  onTake: () => void
  onShare: () => void
  onLeave: () => void
}) => (
  <div className="key-conflict" role="alert" data-testid="key-conflict">
    <span>
      {rich('{key} is the key of: {commands}', {
        key: <Keys shortcut={shortcut} />,
        commands: rivals.map(({ label }) => label).join('; '),
      })}
    </span>
    <span className="key-ways">
      {rivals.every(({ fixed }) => fixed === undefined) && (
        <>
          <button type="button" className="button primary" autoFocus data-testid="key-take" onClick={onTake}>
            {t('Take it from there')}
          </button>
          <button type="button" className="button" data-testid="key-share" onClick={onShare}>
            {t('Let both have it')}
          </button>
        </>
      )}
      <button type="button" className="button" onClick={onLeave}>
        {t('Leave it')}
      </button>
    </span>
  </div>
)

export const KeyRow = ({ action, changed, asked, onAsk, onChange }: KeyRowProps) => {
  const shell = useApp((state) => state.info?.shell ?? '')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [wanted, setWanted] = useState<{ shortcut: string; place: number } | null>(null)
  const shortcuts = shortcutsOf(action, changed)
  const isDifferent = isChanged(action, changed)
  const leave = () => {
    setRefusal(null)
    setWanted(null)
    onAsk(null)
  }
  const put = (shortcut: string, place: number, from: readonly Action[] = []) => {
    const next = shortcuts.map((one, at) => (at === place ? shortcut : one))
    if (place >= shortcuts.length) next.push(shortcut)
    onChange(withShortcuts(takeFrom(changed, shortcut, from), action, [...new Set(next)]))
    leave()
  }
  useRecorder(
    asked !== null,
    (press) => {
      if ('refusal' in press) {
        setRefusal(press.refusal)
        return
      }
      const { shortcut } = press
      const place = asked ?? shortcuts.length
      const rivals = rivalsOf(action, shortcut, changed, allActions)
      if (rivals.length === 0) {
        put(shortcut, place)
        return
      }
      onAsk(null)
      setWanted({ shortcut, place })
    },
    leave,
  )
  const rivals = wanted === null ? [] : rivalsOf(action, wanted.shortcut, changed, allActions)
  const notes = shortcuts.flatMap((shortcut) => browserNote(shortcut, shell) ?? [])
  const asking = (
    <span className="key-asked" role="status" data-testid="key-asked">
      {refusal ?? t('Press the new key; Esc leaves it')}
    </span>
  )
  return (
    <div className="key-row" data-testid={`key-${action.id}`} data-changed={isDifferent ? '' : undefined}>
      <div className="key-line">
        <span className="key-name">{action.label}</span>
        <span className="key-list">
          {shortcuts.map((shortcut, place) =>
            asked === place ? (
              <span key={shortcut}>{asking}</span>
            ) : (
              <span className="key-chip" key={shortcut}>
                <button
                  type="button"
                  className="key-value"
                  disabled={action.fixed !== undefined}
                  onClick={() => onAsk(place)}
                >
                  <Keys shortcut={shortcut} />
                  <span className="unseen">
                    {t(': change this key of {command}', { command: action.label })}
                  </span>
                </button>
                {action.fixed === undefined && (
                  <button
                    type="button"
                    className="key-off"
                    aria-label={t('Take {key} off: {command}', {
                      key: keysOf(shortcut, platform).join(' '),
                      command: action.label,
                    })}
                    onClick={() =>
                      onChange(
                        withShortcuts(
                          changed,
                          action,
                          shortcuts.filter((one) => one !== shortcut),
                        ),
                      )
                    }
                  >
                    <X size={11} strokeWidth={2} aria-hidden />
                  </button>
                )}
              </span>
            ),
          )}
          {asked !== null && asked >= shortcuts.length && asking}
        </span>
        <span className="key-tools">
          {isDifferent && (
            <IconButton
              small
              icon={RotateCcw}
              label={t('Default keys: {command}', { command: action.label })}
              data-testid="key-reset"
              onClick={() => onChange(withShortcuts(changed, action, action.shortcuts))}
            />
          )}
          {action.fixed === undefined && (
            <IconButton
              small
              icon={Plus}
              label={t('Add a key: {command}', { command: action.label })}
              data-testid="key-add"
              disabled={shortcuts.length >= 6}
              onClick={() => onAsk(shortcuts.length)}
            />
          )}
        </span>
      </div>
      {action.fixed !== undefined && <div className="dim">{action.fixed}</div>}
      {notes.length > 0 && <div className="dim">{notes[0]}</div>}
      {wanted !== null && rivals.length > 0 && (
        <Conflict
          shortcut={wanted.shortcut}
          rivals={rivals}
          onTake={() => put(wanted.shortcut, wanted.place, rivals)}
          onShare={() => put(wanted.shortcut, wanted.place)}
          onLeave={leave}
        />
      )}
    </div>
  )
}
