/** The menu behind the question mark: keys, commands, updates, licences, and the version. */
import { CircleQuestionMark } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useApp } from '../state/session-context.ts'
import { t } from '../texts/t.ts'
import { ActionItem } from './controls/ActionItem.tsx'
import { returnToStage } from './controls/return-to-stage.ts'

export const HelpMenu = () => {
  const version = useApp((state) => state.info?.version)
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="icon-button"
        aria-label={t('Help')}
        title={t('Help')}
        data-testid="help"
      >
        <CircleQuestionMark size={16} strokeWidth={1.75} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="end" sideOffset={4}>
          <ActionItem id="shortcuts" />
          <ActionItem id="change-shortcuts" />
          <ActionItem id="palette" />
          <DropdownMenu.Separator className="menu-line" />
          <ActionItem id="updates" />
          <ActionItem id="licences" />
          <DropdownMenu.Separator className="menu-line" />
          <div className="menu-note">{t('Maskwright {version}', { version: version ?? '' })}</div>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
