/** An object of the image: what it is, where it came from, how large. */
import { ChevronDown, Trash2, WandSparkles } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { memo } from 'react'
import { areaOf } from '../../../common/geometry/measure.ts'
import type { Annotation, Label } from '../../../common/model.ts'
import { useLabels, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { Tip } from '../controls/Tip.tsx'
import { count, percent } from '../words.ts'
import { returnToStage } from '../controls/return-to-stage.ts'

const kindOf = ({ source, score, shape }: Annotation): { short: string; long: string } => {
  const kind = shape.type === 'rectangle' ? 'box' : 'polygon'
  if (source === 'model')
    return score === null
      ? { short: 'mask', long: 'Made by the model' }
      : { short: percent(score), long: `Made by the model, which rates its mask at ${percent(score)}` }
  if (source === 'import') return { short: 'file', long: `A ${kind} read from a file` }
  return { short: kind === 'box' ? 'box' : 'hand', long: `A ${kind} drawn by hand` }
}

const ClassChoice = ({ annotation, label }: { annotation: Annotation; label: Label | null }) => {
  const labels = useLabels()
  const actions = useWorkbenchActions()
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="class-choice"
        aria-label={`Class: ${label?.name ?? 'none'}. Change…`}
        data-testid="object-class"
        onClick={(event) => event.stopPropagation()}
      >
        <span className="row-name">{label?.name ?? 'no class'}</span>
        <ChevronDown size={11} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          onCloseAutoFocus={returnToStage}
          className="menu"
          align="start"
          sideOffset={2}
          onClick={(event) => event.stopPropagation()}
        >
          {labels.map((choice) => (
            <DropdownMenu.Item
              key={choice.id}
              className="menu-item"
              onSelect={() => actions.setAnnotationLabel(annotation.id, choice.id)}
            >
              <span className="swatch" style={{ background: choice.color }} />
              {choice.name}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export const ObjectRow = memo(({ annotation, label }: { annotation: Annotation; label: Label | null }) => {
  const actions = useWorkbenchActions()
  const selected = useWorkbench((state) => state.selected === annotation.id)
  const hovered = useWorkbench((state) => state.hovered === annotation.id)
  const kind = kindOf(annotation)
  return (
    <div
      className="row object-row"
      role="option"
      tabIndex={0}
      aria-selected={selected}
      data-testid="object-row"
      data-annotation-id={annotation.id}
      data-hovered={hovered ? '' : undefined}
      onPointerEnter={() => actions.hover(annotation.id)}
      onPointerLeave={() => actions.hover(null)}
      onClick={() => actions.select(annotation.id)}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return
        event.preventDefault()
        actions.select(annotation.id)
      }}
    >
      <span className="swatch" style={{ background: label?.color ?? 'var(--text-3)' }} />
      <ClassChoice annotation={annotation} label={label} />
      <Tip text={kind.long} side="left">
        <span className="object-kind">{kind.short}</span>
      </Tip>
      <span className="object-area">{count(areaOf(annotation.shape))} px²</span>
      <IconButton
        small
        icon={WandSparkles}
        label="Refine this object with the model"
        shortcut={selected ? 'E' : undefined}
        side="left"
        data-testid="object-refine"
        onClick={(event) => {
          event.stopPropagation()
          actions.refine(annotation.id, false)
        }}
      />
      <IconButton
        small
        icon={Trash2}
        label="Delete this object"
        side="left"
        data-testid="object-delete"
        onClick={(event) => {
          event.stopPropagation()
          actions.deleteAnnotation(annotation.id)
        }}
      />
    </div>
  )
})
ObjectRow.displayName = 'ObjectRow'
