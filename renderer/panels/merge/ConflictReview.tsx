/** The differences of a merge, one at a time and side by side: 1 keeps the one here, 2 takes the one there, B both. */
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { MergeChoice, MergeConflict, MergeReason } from '../../../common/contract/merge.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { Key } from '../controls/Keys.tsx'
import { percent } from '../words.ts'
import { useSession } from '../../state/session-context.ts'
import { usePhotoBitmap } from '../controls/use-photo-bitmap.ts'
import { msg } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'
import { ConflictPicture, windowOf } from './ConflictPicture.tsx'

export const keyOf = ({ imageId, here, there }: MergeConflict): string => `${imageId} ${here.id} ${there.id}`

const reasonTexts: Readonly<Record<MergeReason, string>> = {
  class: msg('another class'),
  shape: msg('another outline'),
  attributes: msg('other attributes'),
}

const choices = [
  { choice: 'here', key: '1', name: msg('Keep the one here') },
  { choice: 'there', key: '2', name: msg('Take the one there') },
  { choice: 'both', key: 'B', name: msg('Both') },
] as const satisfies readonly { choice: MergeChoice; key: string; name: string }[]

const isField = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

const Side = ({ title, object }: { title: string; object: MergeConflict['here'] }) => {
  const attributes = Object.entries(object.attributes)
  return (
    <figcaption>
      <span className="swatch" style={{ background: object.color }} aria-hidden />
      <b>{object.label}</b>
      <span className="dim">
        {object.author === null ? title : t('{side}, by {author}', { side: title, author: object.author })}
      </span>
      {attributes.length > 0 && (
        <small>{attributes.map(([name, value]) => `${name}: ${String(value)}`).join(', ')}</small>
      )}
    </figcaption>
  )
}

export const ConflictReview = ({
  conflicts,
  decided,
  busy,
  onDecide,
}: {
  conflicts: readonly MergeConflict[]
  decided: ReadonlyMap<string, MergeChoice>
  busy: boolean
  onDecide: (conflict: MergeConflict, choice: MergeChoice) => void
}) => {
  const [at, setAt] = useState(0)
  const place = Math.min(at, conflicts.length - 1)
  const conflict = conflicts[place]!
  const { images } = useSession()
  const bitmap = usePhotoBitmap(conflict.imageId, images.find(conflict.imageId))
  const view = useMemo(() => windowOf(conflict), [conflict])
  const chosen = decided.get(keyOf(conflict)) ?? null

  const decide = (choice: MergeChoice) => {
    if (busy) return
    onDecide(conflict, choice)
    const isOpen = (one: MergeConflict) => one !== conflict && !decided.has(keyOf(one))
    const after = conflicts.findIndex((one, index) => index > place && isOpen(one))
    const next = after === -1 ? conflicts.findIndex(isOpen) : after
    if (next !== -1) setAt(next)
  }
  const go = (step: number) => setAt(Math.max(0, Math.min(conflicts.length - 1, place + step)))
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return
    const choice = choices.find(({ key }) => key === event.key.toUpperCase())?.choice
    if (choice !== undefined) decide(choice)
    else if (event.key === 'ArrowRight') go(1)
    else if (event.key === 'ArrowLeft') go(-1)
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [])

  const sides = [
    ['here', t('here'), conflict.here, conflict.there],
    ['there', t('there'), conflict.there, conflict.here],
  ] as const
  return (
    <section className="merge-review" aria-label={t('What differs')} data-testid="merge-review">
      <header>
        <IconButton
          icon={ChevronLeft}
          label={t('The difference before (←)')}
          disabled={place === 0}
          onClick={() => go(-1)}
        />
        <span role="status">
          <b>{t('{at, number} of {total, number}', { at: place + 1, total: conflicts.length })}</b>{' '}
          <span className="merge-path">{conflict.image}</span>{' '}
          <span className="dim">
            {t(
              '{what}; outlines share {share}{held, select, yes {; the one here is locked and stays} other {}}',
              {
                what: conflict.reasons.map((reason) => t(reasonTexts[reason])).join(', '),
                share: percent(conflict.iou),
                held: conflict.isHeld ? 'yes' : 'no',
              },
            )}
          </span>
        </span>
        <IconButton
          icon={ChevronRight}
          label={t('The next difference (→)')}
          disabled={place === conflicts.length - 1}
          onClick={() => go(1)}
        />
      </header>
      <div className="merge-sides">
        {sides.map(([side, title, object, other]) => (
          <figure
            key={side}
            data-chosen={chosen === side || chosen === 'both' ? '' : undefined}
            data-dropped={chosen !== null && chosen !== side && chosen !== 'both' ? '' : undefined}
          >
            <ConflictPicture
              bitmap={bitmap}
              view={view}
              object={object}
              other={other}
              label={t('{name} {side}', { name: object.label, side: title })}
            />
            <Side title={title} object={object} />
          </figure>
        ))}
      </div>
      <div className="merge-choices" role="group" aria-label={t('What becomes of it')}>
        {choices.map(({ choice, key, name }) => (
          <button
            key={choice}
            type="button"
            className="button"
            aria-pressed={chosen === choice}
            disabled={busy || (conflict.isHeld && choice === 'there')}
            data-testid={`merge-${choice}`}
            onClick={() => decide(choice)}
          >
            {t(name)} <Key name={key} />
          </button>
        ))}
      </div>
    </section>
  )
}
