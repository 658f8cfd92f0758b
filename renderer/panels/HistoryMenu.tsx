/** What can be taken back and done again on the image: the two buttons say the next step, a list all of them. */
import { History, Redo2, Undo2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useState } from 'react'
import type { CallOutput } from '../../common/contract.ts'
import { actionOf } from '../actions/all-actions.ts'
import { attempt, reportError } from '../state/report.ts'
import { useSession, useView, useWorkbench } from '../state/session-context.ts'
import { t } from '../texts/t.ts'
import { ActionButton } from './controls/IconButton.tsx'
import { Tip } from './controls/Tip.tsx'
import { returnToStage } from './controls/return-to-stage.ts'
import { stepText } from './step-text.ts'

type Steps = CallOutput<'edit.steps'>
const noSteps: Steps = { undo: [], redo: [] }
/** As many as a list shows without a search. */
const MOST_STEPS = 40

/** Asked while `isWanted`, and again after each change: reading a step costs, and most of the time nobody looks. */
const useSteps = (isWanted: boolean, limit: number): Steps => {
  const { client, workbench } = useSession()
  const imageId = useWorkbench((state) => state.image?.id ?? null)
  const [steps, setSteps] = useState(noSteps)
  useEffect(() => {
    if (!isWanted) return
    let current = true
    const ask = () =>
      client.call('edit.steps', { imageId, limit }).then((answer) => current && setSteps(answer), reportError)
    void ask()
    const stop = client.on('edit.applied', () => void ask())
    return () => {
      current = false
      stop()
    }
  }, [client, workbench, imageId, isWanted, limit])
  return isWanted ? steps : noSteps
}

const NamedButton = ({ id }: { id: 'undo' | 'redo' }) => {
  const [isLookedAt, setLookedAt] = useState(false)
  const isDrafting = useWorkbench((state) => state.draft !== null)
  const [name] = useSteps(isLookedAt, 1)[id]
  const { label } = actionOf(id)
  // While something is in the making, undo takes back its last step.
  const named =
    name === undefined || isDrafting ? label : t('{action}: {step}', { action: label, step: stepText(name) })
  return (
    <span
      onPointerEnter={() => setLookedAt(true)}
      onPointerLeave={() => setLookedAt(false)}
      onFocus={() => setLookedAt(true)}
      onBlur={() => setLookedAt(false)}
    >
      <ActionButton id={id} icon={id === 'undo' ? Undo2 : Redo2} label={named} />
    </span>
  )
}

const StepList = () => {
  const { workbench } = useSession()
  const { undo, redo } = useSteps(true, MOST_STEPS)
  const walk = async (id: 'undo' | 'redo', times: number) => {
    for (let step = 0; step < times; step += 1) await workbench.getState()[id]()
  }
  if (undo.length + redo.length === 0)
    return <div className="menu-note">{t('Nothing was done on this image yet.')}</div>
  return (
    <>
      {redo.toReversed().map((name, place) => (
        <DropdownMenu.Item
          // Steps have no other name than their place.
          key={`redo ${redo.length - place}`}
          className="menu-item step undone"
          data-testid="step-redo"
          onSelect={() => attempt(walk('redo', redo.length - place))}
        >
          <Redo2 size={13} aria-hidden />
          <span className="menu-name">{stepText(name)}</span>
        </DropdownMenu.Item>
      ))}
      <div className="menu-head step-now">{redo.length > 0 ? t('As it is now') : t('Newest')}</div>
      {undo.map((name, place) => (
        <DropdownMenu.Item
          key={`undo ${place}`}
          className="menu-item step"
          data-testid="step-undo"
          onSelect={() => attempt(walk('undo', place + 1))}
        >
          <Undo2 size={13} aria-hidden />
          <span className="menu-name">{stepText(name)}</span>
        </DropdownMenu.Item>
      ))}
    </>
  )
}

export const HistoryMenu = () => {
  const { view } = useSession()
  const open = useView((state) => state.historyOpen)
  const isFree = useWorkbench((state) => state.image !== null && state.draft === null)
  const { label } = actionOf('history')
  return (
    <>
      <NamedButton id="undo" />
      <NamedButton id="redo" />
      <DropdownMenu.Root open={open && isFree} onOpenChange={(historyOpen) => view.set({ historyOpen })}>
        <Tip text={label} action="history">
          <DropdownMenu.Trigger
            className="icon-button history-button"
            aria-label={label}
            disabled={!isFree}
            data-testid="action-history"
          >
            <History size={16} strokeWidth={1.75} aria-hidden />
          </DropdownMenu.Trigger>
        </Tip>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="menu steps"
            align="end"
            sideOffset={6}
            collisionPadding={8}
            data-testid="history"
            onCloseAutoFocus={returnToStage}
          >
            <StepList />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  )
}
