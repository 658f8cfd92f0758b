/** What the selected objects are told beside their class: attributes, group and track. One change is one step for all. */
import { ChevronDown, ChevronRight, Settings2 } from 'lucide-react'
import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { commonOf, type Common } from '../../../common/attributes.ts'
import { limits } from '../../../common/limits.ts'
import { attempt } from '../../state/report.ts'
import {
  useLabels,
  useSession,
  useView,
  useWorkbench,
  useWorkbenchActions,
} from '../../state/session-context.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { Tip } from '../controls/Tip.tsx'
import { t } from '../../texts/t.ts'
import { attributeRows } from './attribute-rows.ts'
import { AttributeRow } from './AttributeRow.tsx'
import { KeptField } from './KeptField.tsx'

const FIELDS = '[data-attribute]:not(:disabled)'

const stage = () => document.querySelector<HTMLElement>('[data-stage]')

/** The field behind this one, or before it; the stage behind the last. */
const step = (from: HTMLElement, by: 1 | -1) => {
  const fields = [...(from.closest('.attributes-bar')?.querySelectorAll<HTMLElement>(FIELDS) ?? [])]
  const next = fields[fields.indexOf(from) + by]
  if (next) next.focus()
  else if (by === 1) stage()?.focus({ preventScroll: true })
}

const readLink = (typed: string): number | null | undefined => {
  if (typed.trim() === '') return null
  return /^\d+$/.test(typed.trim()) && Number(typed) <= limits.group ? Number(typed) : undefined
}

const shown = (common: Common<number>): string =>
  common === 'mixed' || common.value === null ? '' : String(common.value)

export const AttributesBar = () => {
  const { view } = useSession()
  const actions = useWorkbenchActions()
  const labels = useLabels()
  const annotations = useWorkbench((state) => state.annotations)
  const selection = useWorkbench((state) => state.selection)
  const lockedLabels = useWorkbench((state) => state.lockedLabels)
  const isOpen = useView((state) => state.attributesOpen)
  const isAsked = useView((state) => state.attributesAsked)
  const bar = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (!isAsked) return
    view.set({ attributesAsked: false })
    bar.current?.querySelector<HTMLElement>(FIELDS)?.focus()
  }, [isAsked, view])

  const objects = annotations.filter(({ id }) => selection.has(id))
  const [first] = objects
  if (!first) return null
  const ids = objects.map(({ id }) => id)
  const isLocked = objects.every(({ locked, labelId }) => locked || lockedLabels.has(labelId))
  const rows = attributeRows(objects, (id) => labels.find((label) => label.id === id) ?? null)
  const label = objects.every(({ labelId }) => labelId === first.labelId)
    ? labels.find(({ id }) => id === first.labelId)
    : undefined
  const links = [
    { name: t('Group'), key: 'groupId', common: commonOf(objects.map(({ groupId }) => groupId)) },
    { name: t('Track'), key: 'trackId', common: commonOf(objects.map(({ trackId }) => trackId)) },
  ] as const

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const field = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(FIELDS) : null
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') stage()?.focus({ preventScroll: true })
    else if (field === null || field instanceof HTMLSelectElement) return
    else if (event.key === 'ArrowDown') step(field, 1)
    else if (event.key === 'ArrowUp') step(field, -1)
    else if (event.key === 'Enter' && !event.defaultPrevented && !(field instanceof HTMLInputElement))
      step(field, 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <section
      className="attributes-bar"
      aria-label={t('Attributes of the selected objects')}
      data-testid="attributes"
      ref={bar}
      onKeyDown={onKeyDown}
    >
      <header>
        <Tip text={t('Attributes, group and track')} action="attributes" side="left">
          <button
            type="button"
            className="attributes-head"
            aria-expanded={isOpen}
            onClick={() => view.set({ attributesOpen: !isOpen })}
          >
            {isOpen ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
            {t('Attributes')}
          </button>
        </Tip>
        {label && (
          <IconButton
            icon={Settings2}
            small
            label={t('Which attributes “{name}” has…', { name: label.name })}
            side="left"
            data-testid="define-attributes"
            onClick={() => view.set({ editingLabel: label.id })}
          />
        )}
      </header>
      {isOpen && (
        <div className="attributes-body">
          {rows.map((row) => (
            <AttributeRow
              key={row.name}
              row={row}
              isLocked={isLocked}
              onTell={({ name, ids: about }, value) =>
                attempt(actions.tell(about, { attribute: name, value }))
              }
              onNext={(from) => step(from, 1)}
            />
          ))}
          <div className="attribute-links">
            {links.map(({ name, key, common }) => (
              <label key={name}>
                <span>{name}</span>
                <KeptField
                  key={ids.join(' ')}
                  label={name}
                  value={shown(common)}
                  placeholder={common === 'mixed' ? t('mixed') : t('none')}
                  isNumber
                  maxLength={10}
                  disabled={isLocked}
                  read={readLink}
                  onKeep={(number) =>
                    attempt(actions.tell(ids, key === 'groupId' ? { groupId: number } : { trackId: number }))
                  }
                  onNext={(from) => step(from, 1)}
                />
              </label>
            ))}
          </div>
        </div>
      )}
    </section>
  )
}
