/** The tools: those that are used most as buttons, the others in a menu whose button shows the one that is in hand. */
import { ChevronDown, Shapes } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useWorkbench } from '../state/session-context.ts'
import { allTools } from '../tools/all-tools.ts'
import { t } from '../texts/t.ts'
import { ActionItem } from './controls/ActionItem.tsx'
import { ActionButton } from './controls/IconButton.tsx'
import { returnToStage } from './controls/return-to-stage.ts'
import { Tip } from './controls/Tip.tsx'

const shown = allTools.filter(({ isLesser }) => isLesser !== true)
const inMenu = allTools.filter(({ isLesser }) => isLesser === true)

const MoreTools = () => {
  const tool = useWorkbench((state) => state.tool)
  const inHand = inMenu.find(({ id }) => id === tool)
  const Icon = inHand?.icon ?? Shapes
  const name = inHand
    ? t('{tool}; more shapes', { tool: t(inHand.label) })
    : t('More shapes: rotated rectangle, ellipse, line, point')
  return (
    <DropdownMenu.Root>
      <Tip text={name} action={inHand && `tool-${inHand.id}`} side="bottom">
        <DropdownMenu.Trigger
          className="icon-button more-tools"
          aria-label={name}
          data-on={inHand ? '' : undefined}
          data-testid="more-tools"
        >
          <Icon size={16} strokeWidth={1.75} aria-hidden />
          <ChevronDown size={10} aria-hidden />
        </DropdownMenu.Trigger>
      </Tip>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="start" sideOffset={6}>
          {inMenu.map(({ id, icon }) => (
            <ActionItem key={id} id={`tool-${id}`} icon={icon} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export const ToolBar = () => (
  <div className="segmented" role="group" aria-label={t('Tools')}>
    {shown.map(({ id, icon }) => (
      <ActionButton key={id} id={`tool-${id}`} icon={icon} />
    ))}
    <MoreTools />
  </div>
)
