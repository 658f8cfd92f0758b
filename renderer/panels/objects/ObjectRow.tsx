/** An object of the image: what it is, where it came from, how large. */
import { Check, ChevronDown, EyeOff, Lock, LockOpen, Trash2, TriangleAlert, WandSparkles } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { memo } from 'react'
import { attributesText } from '../../../common/attributes.ts'
import { isDoubtful } from '../../../common/doubtful.ts'
import { hasArea } from '../../../common/geometry/measure.ts'
import type { Annotation, AnnotationId, Label, Shape } from '../../../common/model.ts'
import { useSession, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import { isCrossed } from '../../tools/metrics.ts'
import { ClassItems } from '../classes/ClassItems.tsx'
import { RowButton } from '../controls/IconButton.tsx'
import { Tip } from '../controls/Tip.tsx'
import { scoreText } from '../words.ts'
import { returnToStage } from '../controls/return-to-stage.ts'
import { rowPickOf, type RowPick } from './row-pick.ts'
import { sizeText } from './size-text.ts'

const kinds: Readonly<Record<Shape['type'], string>> = {
  polygon: 'polygon',
  rectangle: 'box',
  'rotated-rectangle': 'rotated box',
  point: 'point',
  polyline: 'line',
}

const kindOf = ({ source, score, shape, proposed, trackId }: Annotation): { short: string; long: string } => {
  const kind = kinds[shape.type]
  if (source === 'model')
    return score === null
      ? { short: 'mask', long: 'Made by the model.' }
      : {
          short: scoreText(score),
          long: `Made by the model. ${scoreText(score)} is ${trackId !== null && proposed ? 'how sure it is that this is the object that was followed' : 'its own estimate of how well the mask fits'}.`,
        }
  if (source === 'import') return { short: 'file', long: `A ${kind} read from a file.` }
  return {
    short: kind === 'polygon' ? 'hand' : kind.replace('rotated ', ''),
    long: `A ${kind} drawn by hand.`,
  }
}

const CROSSED_TEXT =
  'Its outline crosses itself, so that programs disagree about what is inside. Move or delete vertices until it does not.'

const PROPOSED_TEXT = 'A suggestion: no object before you accept it, neither counted nor exported.'

const DOUBTFUL_TEXT = 'Followed from another image, and doubtful: look at it. Accept it, mend it or drop it.'

const HIDDEN_TEXT = 'Its class is hidden. Select the object to see it.'

const ClassChoice = ({ annotation, label }: { annotation: Annotation; label: Label | null }) => {
  const actions = useWorkbenchActions()
  const { workbench } = useSession()
  const selection = () => workbench.getState().selection
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="class-choice"
        aria-label={`Class: ${label?.name ?? 'none'}. Change…`}
        title={label?.name}
        tabIndex={-1}
        data-testid="object-class"
        // With Ctrl or Shift it is the row that is meant.
        onPointerDown={(event) => rowPickOf(event) !== 'alone' && event.preventDefault()}
        onClick={(event) => rowPickOf(event) === 'alone' && event.stopPropagation()}
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
          <ClassItems
            current={annotation.labelId}
            onPick={(labelId) => actions.setAnnotationLabel(meantBy(annotation.id, selection()), labelId)}
            beforeNew={() => selection().has(annotation.id) || actions.select(annotation.id)}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** What a row's menu or key is about: all that is selected when the row is among it. */
const meantBy = (id: AnnotationId, selection: ReadonlySet<AnnotationId>): AnnotationId[] =>
  selection.has(id) ? [...selection] : [id]

const lockLabelOf = (locked: boolean, heldByClass: boolean) => {
  if (locked) return 'Unlock this object'
  return heldByClass ? 'Locked with its class' : 'Lock this object: nothing can change it'
}

interface ObjectRowProps {
  readonly annotation: Annotation
  readonly label: Label | null
  /** The row that the Tab key reaches; arrows go on from it. */
  readonly stop: boolean
  /** It was clicked, or reached by keys. */
  readonly onPick: (id: AnnotationId, how: RowPick) => void
}

export const ObjectRow = memo(({ annotation, label, stop, onPick }: ObjectRowProps) => {
  const actions = useWorkbenchActions()
  const { workbench } = useSession()
  const selected = useWorkbench((state) => state.selection.has(annotation.id))
  const primary = useWorkbench((state) => state.selected === annotation.id && state.selection.size > 1)
  const hovered = useWorkbench((state) => state.hovered === annotation.id)
  const hiddenByClass = useWorkbench((state) => state.hiddenLabels.has(annotation.labelId))
  const hiddenItself = useWorkbench((state) => state.hiddenObjects.has(annotation.id))
  const hidden = hiddenByClass || hiddenItself
  const heldByClass = useWorkbench((state) => state.lockedLabels.has(annotation.labelId))
  const locked = annotation.locked || heldByClass
  const doubtful = useWorkbench((state) => isDoubtful(annotation, state.doubtBelow))
  const kind = kindOf(annotation)
  const crossed = isCrossed(annotation.shape)
  const size = sizeText(annotation.shape)
  const told = [
    attributesText(annotation, label),
    ...(annotation.groupId === null ? [] : [`group ${annotation.groupId}`]),
  ]
    .filter((text) => text !== '')
    .join(', ')
  return (
    <div
      className="row object-row"
      role="row"
      tabIndex={stop ? 0 : -1}
      aria-selected={selected}
      data-testid="object-row"
      data-annotation-id={annotation.id}
      data-hovered={hovered ? '' : undefined}
      data-primary={primary ? '' : undefined}
      data-dim={hidden ? '' : undefined}
      data-proposed={annotation.proposed ? '' : undefined}
      data-doubtful={doubtful ? '' : undefined}
      onPointerEnter={() => actions.hover(annotation.id)}
      onPointerLeave={() => actions.hover(null)}
      onClick={(event) => onPick(annotation.id, rowPickOf(event))}
      onContextMenu={(event) => {
        event.preventDefault()
        if (!workbench.getState().selection.has(annotation.id)) actions.select(annotation.id)
        actions.openMenu({ x: event.clientX, y: event.clientY }, null)
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return
        if (event.key === 'Enter' || event.key === ' ') onPick(annotation.id, rowPickOf(event))
        else if (event.shiftKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) return
        else if (event.key === 'Delete' || event.key === 'Backspace') {
          // A key that is held deletes one.
          if (!event.repeat) actions.deleteAnnotations(meantBy(annotation.id, workbench.getState().selection))
        } else return
        event.preventDefault()
      }}
    >
      <div role="gridcell" className="row-cell">
        <span className="swatch" style={{ background: label?.color ?? 'var(--text-3)' }} />
        <ClassChoice annotation={annotation} label={label} />
        {annotation.proposed && (
          <Tip text={doubtful ? DOUBTFUL_TEXT : PROPOSED_TEXT} side="left">
            <span
              className="proposed-mark"
              role="img"
              aria-label={doubtful ? 'Proposed, doubtful' : 'Proposed'}
              data-testid="object-proposed"
            >
              ?
            </span>
          </Tip>
        )}
        {told === '' ? (
          <span className="object-rest" />
        ) : (
          <span className="object-told" title={told} data-testid="object-told">
            {told}
          </span>
        )}
        {hiddenItself && (
          <RowButton
            className="object-hidden"
            icon={EyeOff}
            label="Show this object again"
            side="left"
            data-testid="object-show"
            onPress={() => actions.toggleHidden([annotation.id])}
          />
        )}
        {hiddenByClass && (
          <Tip text={HIDDEN_TEXT} side="left">
            <EyeOff className="object-hidden" size={13} aria-label={HIDDEN_TEXT} />
          </Tip>
        )}
        {crossed ? (
          <Tip text={CROSSED_TEXT} side="left">
            <TriangleAlert
              className="warn"
              size={14}
              aria-label={CROSSED_TEXT}
              data-testid="object-crossed"
            />
          </Tip>
        ) : (
          <>
            <Tip text={`${kind.long} ${size}.`} side="left">
              <span className="object-kind">{kind.short}</span>
            </Tip>
            <span className="object-area">{size}</span>
          </>
        )}
        <RowButton
          className="object-lock"
          icon={locked ? Lock : LockOpen}
          label={lockLabelOf(annotation.locked, heldByClass)}
          action={selected ? 'lock' : undefined}
          side="left"
          aria-pressed={locked}
          data-keep={locked ? '' : undefined}
          data-testid="object-lock"
          onPress={() => actions.toggleLocked([annotation.id])}
        />
        <span className="object-tools">
          {annotation.proposed ? (
            <RowButton
              icon={Check}
              label="Accept this proposal"
              action={selected ? 'accept' : undefined}
              side="left"
              data-testid="object-accept"
              onPress={() => void actions.acceptProposals([annotation.id])}
            />
          ) : (
            hasArea(annotation.shape) && (
              <RowButton
                icon={WandSparkles}
                label="Refine this object with the model"
                action={selected ? 'refine' : undefined}
                side="left"
                data-testid="object-refine"
                onPress={() => actions.refine(annotation.id, false)}
              />
            )
          )}
          <RowButton
            icon={Trash2}
            label={annotation.proposed ? 'Drop this proposal' : 'Delete this object'}
            action={selected ? 'delete' : undefined}
            side="left"
            data-testid="object-delete"
            onPress={() => actions.deleteAnnotations([annotation.id])}
          />
        </span>
      </div>
    </div>
  )
})
ObjectRow.displayName = 'ObjectRow'
