/** The menu of what is selected, and of the image where no object is, at the place where it was asked for. */
import { Check, ChevronRight } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { Fragment, type ReactNode } from 'react'
import type { AnnotationId } from '../../../common/model.ts'
import { actionOf } from '../../actions/all-actions.ts'
import { useLabels, useSession, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import { ClassItems } from '../classes/ClassItems.tsx'
import { ActionItem } from '../controls/ActionItem.tsx'
import { returnToStage } from '../controls/return-to-stage.ts'
import { count } from '../words.ts'
import { t } from '../../texts/t.ts'
import { sizeText } from './size-text.ts'

/** Ids of actions; a line between the groups. */
const forObjects = [
  ['refine', 'zoom-refine', 'detail'],
  ['attributes', 'group'],
  ['copy', 'cut', 'paste', 'duplicate'],
  ['follow-next', 'follow-through', 'more-alike', 'more-alike-folder'],
  ['lock', 'lock-others', 'hide', 'hide-others'],
] as const
const forSeveral = ['join', 'subtract', 'intersect'] as const
const forShape = [
  'fill-holes',
  'smooth',
  'grow',
  'shrink',
  'trim',
  'drop-small-parts',
  'parts-to-objects',
] as const
const forOrder = ['order-forward', 'order-backward', 'order-front', 'order-back'] as const
const forImage = [
  ['paste', 'take-previous', 'take-previous-class'],
  ['select-all', 'select-class'],
  ['accept-all', 'drop-proposals'],
  ['follow-next', 'follow-through'],
  ['show-all', 'fit'],
] as const

const Items = ({ ids }: { ids: readonly string[] }) =>
  ids.map((id) => {
    const { short, label } = actionOf(id)
    return <ActionItem key={id} id={id} label={short ?? label} danger={id === 'delete'} />
  })

const Line = () => <DropdownMenu.Separator className="menu-line" />

const Groups = ({ groups }: { groups: readonly (readonly string[])[] }) =>
  groups.map((ids, index) => (
    <Fragment key={ids[0]}>
      {index > 0 && <Line />}
      <Items ids={ids} />
    </Fragment>
  ))

const Sub = ({ label, testId, children }: { label: string; testId: string; children: ReactNode }) => (
  <DropdownMenu.Sub>
    <DropdownMenu.SubTrigger className="menu-item" data-testid={testId}>
      {label}
      <ChevronRight className="menu-more" size={13} aria-hidden />
    </DropdownMenu.SubTrigger>
    <DropdownMenu.Portal>
      <DropdownMenu.SubContent className="menu" sideOffset={4} alignOffset={-4} collisionPadding={8}>
        {children}
      </DropdownMenu.SubContent>
    </DropdownMenu.Portal>
  </DropdownMenu.Sub>
)

/** More lines than these would hide the others. */
const MOST_UNDER = 12

/** What lies at the pointer, to be picked from: what a click would take last may be meant. */
const Under = ({ ids }: { ids: readonly AnnotationId[] }) => {
  const actions = useWorkbenchActions()
  const labels = useLabels()
  const annotations = useWorkbench((state) => state.annotations)
  const selected = useWorkbench((state) => state.selected)
  const found = ids.flatMap((id) => annotations.find((annotation) => annotation.id === id) ?? [])
  return (
    <Sub label={t('Objects here: {count}', { count: count(found.length) })} testId="menu-under">
      <DropdownMenu.RadioGroup value={selected ?? ''} onValueChange={(id) => actions.select(id)}>
        {found.slice(0, MOST_UNDER).map(({ id, labelId, shape }) => {
          const label = labels.find((other) => other.id === labelId)
          return (
            <DropdownMenu.RadioItem
              key={id}
              value={id}
              className="menu-item"
              data-testid="menu-under-object"
              onFocus={() => actions.hover(id)}
              onBlur={() => actions.hover(null)}
            >
              <span className="swatch" style={{ background: label?.color ?? 'var(--text-3)' }} />
              <span className="menu-name">{label?.name ?? t('no class')}</span>
              <DropdownMenu.ItemIndicator className="menu-check">
                <Check size={13} strokeWidth={2.5} aria-hidden />
              </DropdownMenu.ItemIndicator>
              <span className="menu-keys">{sizeText(shape)}</span>
            </DropdownMenu.RadioItem>
          )
        })}
      </DropdownMenu.RadioGroup>
    </Sub>
  )
}

const ObjectItems = ({ under }: { under: readonly AnnotationId[] }) => {
  const { workbench } = useSession()
  const actions = useWorkbenchActions()
  const size = useWorkbench((state) => state.selection.size)
  const hasProposals = useWorkbench(({ annotations, selection }) =>
    annotations.some(({ id, proposed }) => proposed && selection.has(id)),
  )
  const labelId = useWorkbench(
    ({ annotations, selected }) => annotations.find(({ id }) => id === selected)?.labelId ?? null,
  )
  return (
    <>
      {size > 1 && (
        <div className="menu-head">
          {t('{count, plural, one {# object} other {# objects}}', { count: size })}
        </div>
      )}
      {hasProposals && (
        <>
          <Items ids={['accept']} />
          <Line />
        </>
      )}
      <Sub label={t('Class')} testId="menu-class">
        <ClassItems
          current={labelId}
          onPick={(id) => actions.setAnnotationLabel([...workbench.getState().selection], id)}
        />
      </Sub>
      {under.length > 1 && <Under ids={under} />}
      <Line />
      {size > 1 && (
        <>
          <Items ids={forSeveral} />
          <Line />
        </>
      )}
      <Sub label={t('Outline')} testId="menu-shape">
        <Items ids={forShape} />
      </Sub>
      <Sub label={t('Order')} testId="menu-order">
        <Items ids={forOrder} />
      </Sub>
      <Groups groups={forObjects} />
      <Line />
      <Items ids={['delete']} />
    </>
  )
}

export const ObjectMenu = () => {
  const menu = useWorkbench((state) => state.menu)
  const hasSelection = useWorkbench((state) => state.selection.size > 0)
  const actions = useWorkbenchActions()
  if (!menu) return null
  const isOfObjects = menu.under.length > 0 && hasSelection
  return (
    <DropdownMenu.Root open onOpenChange={(open) => !open && actions.closeMenu()}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="menu-place"
          aria-label={t('Menu')}
          tabIndex={-1}
          style={{ left: menu.x, top: menu.y }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          key={`${menu.x} ${menu.y}`}
          className="menu object-menu"
          // Beside the pointer, so that a long menu moves up where it would reach below the window.
          side="right"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={isOfObjects ? t('Menu of the selected objects') : t('Menu of the image')}
          data-testid="object-menu"
          onCloseAutoFocus={returnToStage}
          onContextMenu={(event) => event.preventDefault()}
        >
          {isOfObjects ? <ObjectItems under={menu.under} /> : <Groups groups={forImage} />}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
