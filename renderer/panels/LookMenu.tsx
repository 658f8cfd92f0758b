/** How objects are shown: a button in the top bar, and the panel that it opens. */
import { ArrowUpToLine, CaretsToAxisDashedVertical, Layers, RotateCcw, RotateCw } from 'lucide-react'
import { Popover } from 'radix-ui'
import { lookLimits, plainLook, type StageLook } from '../tools/stage-look.ts'
import { actionOf } from '../actions/all-actions.ts'
import { useSession, useView, useWorkbench, useWorkbenchActions } from '../state/session-context.ts'
import { msg } from '../../common/said.ts'
import { rich, t } from '../texts/t.ts'
import { ActionKeys } from './controls/Keys.tsx'
import { ActionButton } from './controls/IconButton.tsx'
import { Tip } from './controls/Tip.tsx'
import { returnToStage } from './controls/return-to-stage.ts'
import { useShortcut } from './controls/use-keys.ts'
import { useAction } from './controls/use-action.ts'

const sliders = [
  {
    key: 'fill',
    label: msg('Fill'),
    step: 0.01,
    textOf: (value: number) => `${Math.round(value * 100)} %`,
  },
  { key: 'line', label: msg('Line'), step: 0.25, textOf: (value: number) => `${value} px` },
] as const

const Toggle = ({ id }: { id: string }) => {
  const { action, checked, run } = useAction(id)
  return (
    <label className="look-toggle">
      <input type="checkbox" checked={checked === true} onChange={run} data-testid={`look-${id}`} />
      <span>{action.label}</span>
      <ActionKeys id={id} />
    </label>
  )
}

const turns = [
  { id: 'view-left', icon: RotateCcw },
  { id: 'view-right', icon: RotateCw },
  { id: 'view-mirror', icon: CaretsToAxisDashedVertical },
  { id: 'view-upright', icon: ArrowUpToLine },
] as const

const isPlain = (look: StageLook) =>
  (Object.keys(plainLook) as (keyof StageLook)[]).every((key) => look[key] === plainLook[key])

const LookPanel = () => {
  const peekKey = useShortcut('peek')
  const look = useWorkbench((state) => state.look)
  const actions = useWorkbenchActions()
  return (
    <>
      <div className="levels-sliders">
        {sliders.map(({ key, label, step, textOf }) => (
          <label key={key} className="levels-slider">
            <span>{t(label)}</span>
            <input
              type="range"
              {...lookLimits[key]}
              step={step}
              value={look[key]}
              disabled={key === 'fill' && look.outlines}
              aria-valuetext={textOf(look[key])}
              data-testid={`look-${key}`}
              onChange={(event) => actions.setLook({ [key]: event.target.valueAsNumber })}
              onDoubleClick={() => actions.setLook({ [key]: plainLook[key] })}
            />
            <output>{textOf(look[key])}</output>
          </label>
        ))}
      </div>
      <div className="look-toggles">
        {['outlines', 'names', 'crosshair', 'pixel-grid', 'minimap', 'keep-zoom', 'share-vertices'].map(
          (id) => (
            <Toggle key={id} id={id} />
          ),
        )}
      </div>
      <div className="look-turns" role="group" aria-label={t('Turn and mirror the view')}>
        <span>{t('View')}</span>
        {turns.map(({ id, icon }) => (
          <ActionButton key={id} id={id} icon={icon} />
        ))}
      </div>
      <p className="levels-note look-peek">
        {peekKey === undefined
          ? t('A key for “Hide all objects while the key is held” shows the image without them.')
          : rich('Hold {key} to see the image without its objects.', { key: <ActionKeys id="peek" /> })}
      </p>
      <button
        type="button"
        className="button"
        disabled={isPlain(look)}
        data-testid="look-reset"
        onClick={() => actions.setLook(plainLook)}
      >
        {t('Reset')}
      </button>
    </>
  )
}

export const LookMenu = () => {
  const { view } = useSession()
  const hasImage = useWorkbench((state) => state.image !== null)
  const open = useView((state) => state.lookOpen)
  const { label } = actionOf('look')
  return (
    <Popover.Root open={open && hasImage} onOpenChange={(lookOpen) => view.set({ lookOpen })}>
      <Tip text={label} action="look">
        <Popover.Trigger
          className="icon-button"
          aria-label={label}
          disabled={!hasImage}
          data-testid="action-look"
        >
          <Layers size={16} strokeWidth={1.75} aria-hidden />
        </Popover.Trigger>
      </Tip>
      <Popover.Portal>
        <Popover.Content
          className="popover levels look"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          data-testid="look"
          onCloseAutoFocus={returnToStage}
        >
          <LookPanel />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
