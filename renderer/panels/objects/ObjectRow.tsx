/** An object of the image: what it is, where it came from, how large. */
import { Check, ChevronDown, EyeOff, Lock, LockOpen, Trash2, TriangleAlert, WandSparkles } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { memo, use, useState, type ComponentProps } from 'react'
import { attributesText } from '../../../common/attributes.ts'
import { isDoubtful } from '../../../common/doubtful.ts'
import { hasArea } from '../../../common/geometry/measure.ts'
import type { Annotation, AnnotationId, Label, Shape } from '../../../common/model.ts'
import { useSession, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import { isCrossed } from '../../tools/metrics.ts'
import { ClassItems } from '../classes/ClassItems.tsx'
import { RowButton } from '../controls/IconButton.tsx'
import { NearContext } from '../controls/near.ts'
import { Row } from '../controls/Row.tsx'
import { Tip } from '../controls/Tip.tsx'
import { scoreText } from '../words.ts'
import { returnToStage } from '../controls/return-to-stage.ts'
import { msg } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { rowPickOf, type RowPick } from './row-pick.ts'
import { sizeText } from './size-text.ts'

/** As the texts select by them. */
const kinds: Readonly<Record<Shape['type'], string>> = {
  polygon: 'polygon',
  rectangle: 'box',
  'rotated-rectangle': 'rotated',
  point: 'point',
  polyline: 'line',
}

const shortKinds: Readonly<Record<Shape['type'], string>> = {
  polygon: msg('hand'),
  rectangle: msg('box'),
  'rotated-rectangle': msg('box'),
  point: msg('point'),
  polyline: msg('line'),
}

const kindOf = ({ source, score, shape, proposed, trackId }: Annotation): { short: string; long: string } => {
  const kind = kinds[shape.type]
  if (source === 'model')
    return score === null
      ? { short: t('mask'), long: t('Made by the model.') }
      : {
          short: scoreText(score),
          long: t(
            trackId !== null && proposed
              ? 'Made by the model. {score} is how sure it is that this is the object that was followed.'
              : 'Made by the model. {score} is its own estimate of how well the mask fits.',
            { score: scoreText(score) },
          ),
        }
  if (source === 'import')
    return {
      short: t('file'),
      long: t(
        'A {kind, select, polygon {polygon} box {box} rotated {rotated box} point {point} other {line}} read from a file.',
        { kind },
      ),
    }
  return {
    short: t(shortKinds[shape.type]),
    long: t(
      'A {kind, select, polygon {polygon} box {box} rotated {rotated box} point {point} other {line}} drawn by hand.',
      { kind },
    ),
  }
}

const CROSSED_TEXT = msg(
  'Its outline crosses itself, so that programs disagree about what is inside. Move or delete vertices until it does not.',
)

const PROPOSED_TEXT = msg('A suggestion: no object before you accept it, neither counted nor exported.')

const DOUBTFUL_TEXT = msg(
  'Followed from another image, and doubtful: look at it. Accept it, mend it or drop it.',
)

const HIDDEN_TEXT = msg('Its class is hidden. Select the object to see it.')

const ClassButton = ({ label, ...rest }: { label: Label | null } & ComponentProps<'button'>) => (
  <button
    type="button"
    className="class-choice"
    aria-label={t('Class: {name}. Change…', { name: label?.name ?? t('none') })}
    title={label?.name}
    tabIndex={-1}
    data-testid="object-class"
    {...rest}
  >
    <span className="row-name">{label?.name ?? t('no class')}</span>
    <ChevronDown size={11} aria-hidden />
  </button>
)

const ClassChoice = ({ annotation, label }: { annotation: Annotation; label: Label | null }) => {
  const actions = useWorkbenchActions()
  const { workbench } = useSession()
  const selection = () => workbench.getState().selection
  const near = use(NearContext)
  /** By a finger or a screen reader, which do not come near before. */
  const [pressed, setPressed] = useState(false)
  if (!near && !pressed)
    return (
      <ClassButton
        label={label}
        aria-haspopup="menu"
        aria-expanded={false}
        onClick={(event) => {
          if (rowPickOf(event) !== 'alone') return
          event.stopPropagation()
          setPressed(true)
        }}
      />
    )
  return (
    <DropdownMenu.Root defaultOpen={pressed}>
      <DropdownMenu.Trigger
        asChild
        // With Ctrl or Shift it is the row that is meant.
        onPointerDown={(event) => rowPickOf(event) !== 'alone' && event.preventDefault()}
        onClick={(event) => rowPickOf(event) === 'alone' && event.stopPropagation()}
      >
        <ClassButton label={label} />
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
  if (locked) return t('Unlock this object')
  return heldByClass ? t('Locked with its class') : t('Lock this object: nothing can change it')
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
  useLanguage()
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
    ...(annotation.groupId === null ? [] : [t('group {group}', { group: annotation.groupId })]),
  ]
    .filter((text) => text !== '')
    .join(', ')
  return (
    <Row
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
          <Tip text={t(doubtful ? DOUBTFUL_TEXT : PROPOSED_TEXT)} side="left">
            <span
              className="proposed-mark"
              role="img"
              aria-label={doubtful ? t('Proposed, doubtful') : t('Proposed')}
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
            label={t('Show this object again')}
            side="left"
            data-testid="object-show"
            onPress={() => actions.toggleHidden([annotation.id])}
          />
        )}
        {hiddenByClass && (
          <Tip text={t(HIDDEN_TEXT)} side="left">
            <EyeOff className="object-hidden" size={13} aria-label={t(HIDDEN_TEXT)} />
          </Tip>
        )}
        {crossed ? (
          <Tip text={t(CROSSED_TEXT)} side="left">
            <TriangleAlert
              className="warn"
              size={14}
              aria-label={t(CROSSED_TEXT)}
              data-testid="object-crossed"
            />
          </Tip>
        ) : (
          <>
            <Tip text={t('{what} {size}.', { what: kind.long, size })} side="left">
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
              label={t('Accept this proposal')}
              action={selected ? 'accept' : undefined}
              side="left"
              data-testid="object-accept"
              onPress={() => void actions.acceptProposals([annotation.id])}
            />
          ) : (
            hasArea(annotation.shape) && (
              <RowButton
                icon={WandSparkles}
                label={t('Refine this object with the model')}
                action={selected ? 'refine' : undefined}
                side="left"
                data-testid="object-refine"
                onPress={() => actions.refine(annotation.id, false)}
              />
            )
          )}
          <RowButton
            icon={Trash2}
            label={annotation.proposed ? t('Drop this proposal') : t('Delete this object')}
            action={selected ? 'delete' : undefined}
            side="left"
            data-testid="object-delete"
            onPress={() => actions.deleteAnnotations([annotation.id])}
          />
        </span>
      </div>
    </Row>
  )
})
ObjectRow.displayName = 'ObjectRow'
