/** One line at the foot of the stage: what can be done now. Never a dialog, never in the way of the pointer. */
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Label } from '../../../common/model.ts'
import { useLabels, useSession, useWorkbench } from '../../state/session-context.ts'
import type { WorkbenchStore } from '../../workbench/store.ts'
import { manyHint, type HintPart } from '../../tools/hint.ts'
import { toolOf } from '../../tools/tool-states.ts'
import { writeShortcut, platformOf } from '../../actions/shortcut.ts'
import { t } from '../../texts/t.ts'
import { useFilled, useShortcut } from '../controls/use-keys.ts'
import { Key } from '../controls/Keys.tsx'

const Pair = ({ keys, children }: { keys: string; children: ReactNode }) => (
  <span className="hint-pair">
    <Key name={keys} />
    {children}
  </span>
)

/** As short as on a keyboard: the line has little room. */
const shortNames: Readonly<Record<string, string>> = { Backspace: '⌫' }

/** Of a command, with its key; without one the words alone. */
const ActionPair = ({ id, children }: { id: string; children: ReactNode }) => {
  const shortcut = useShortcut(id)
  if (shortcut === undefined) return <span className="hint-pair">{children}</span>
  const keys = shortNames[shortcut] ?? writeShortcut(shortcut, platformOf(navigator))
  return <Pair keys={keys}>{children}</Pair>
}

/** More objects than these, and whoever labels knows the tool. */
const NEWCOMER = 2

/** What can be said of the state. Parts are the same objects while they say the same, so that the line stays as it is. */
const partsFor = (state: WorkbenchStore): readonly HintPart[] => {
  const { image, tool, tools, annotations, selection, draft } = state
  if (image?.problem !== null) return []
  if (selection.size > 1 && draft === null) return manyHint(selection.size)
  const parts = toolOf(tool).hint(tools[tool], state)
  const isKnown = annotations.length > NEWCOMER
  return isKnown && parts.some((part) => typeof part !== 'string' && part.intro) ? [] : parts
}

const Part = ({ part, label, classes }: { part: HintPart; label: Label | undefined; classes: number }) => {
  const told = useFilled(typeof part === 'string' ? t(part) : '')
  if (typeof part === 'string') return told
  const { text, keys, action, withoutClass, forClasses } = part
  if (forClasses && classes < 2) return null
  const named = label ? (
    <>
      {t(text)} <span className="hint-name">{label.name}</span>
    </>
  ) : (
    withoutClass !== undefined && t(withoutClass)
  )
  const words = withoutClass === undefined ? t(text) : named
  if (action !== undefined) return <ActionPair id={action}>{words}</ActionPair>
  if (keys === undefined) return <span>{words}</span>
  return <Pair keys={forClasses ? `1-${Math.min(9, classes)}` : t(keys)}>{words}</Pair>
}

export const StageHint = () => {
  const parts = useStore(useSession().panelsStore, useShallow(partsFor))
  const currentLabelId = useWorkbench((state) => state.currentLabelId)
  const failed = useWorkbench((state) => state.masks.status === 'failed')
  const labels = useLabels()
  if (parts.length === 0) return null
  const label = labels.find(({ id }) => id === currentLabelId)
  return (
    <div className="stage-hint" role="status" data-testid="stage-hint" data-failed={failed ? '' : undefined}>
      {parts.map((part) => (
        <Part
          key={typeof part === 'string' ? part : part.text}
          part={part}
          label={label}
          classes={labels.length}
        />
      ))}
    </div>
  )
}
