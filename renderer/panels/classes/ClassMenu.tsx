/** The menu of the list of classes: find, edit, merge, and the list from and to a file of another program. */
import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { toast } from 'sonner'
import type { ClassListKind } from '../../../common/contract/class-lists.ts'
import { chooseFile } from '../../state/choose-file.ts'
import { attempt } from '../../state/report.ts'
import { saveFile } from '../../state/save-file.ts'
import type { Session } from '../../state/session.ts'
import { useSession } from '../../state/session-context.ts'
import { ActionItem } from '../controls/ActionItem.tsx'
import { returnToStage } from '../controls/return-to-stage.ts'
import { knownText } from './known-text.ts'
import { t } from '../../texts/t.ts'
import { msg } from '../../../common/said.ts'

const kinds: readonly { readonly kind: ClassListKind; readonly name: string }[] = [
  { kind: 'txt', name: 'classes.txt' },
  { kind: 'yaml', name: msg('data.yaml of YOLO') },
  { kind: 'coco', name: msg('categories of COCO') },
  { kind: 'labelme', name: msg('labels.txt of LabelMe') },
]

const readList = async ({ client, labels }: Session, file: File): Promise<void> => {
  const { classes } = await client.call('labels.readList', { name: file.name, text: await file.text() })
  const added = await labels.addListed(classes)
  const known = classes.length - added.length
  const said = t('{count, plural, one {# class} other {# classes}} added from {file}.', {
    count: added.length,
    file: file.name,
  })
  toast(known > 0 ? `${said} ${knownText(known)}` : said)
}

const chooseList = (session: Session): void =>
  chooseFile('.txt,.yaml,.yml,.json,.names', (file) => attempt(readList(session, file)))

const writeList = async ({ client }: Session, kind: ClassListKind): Promise<void> => {
  const { name, text } = await client.call('labels.writeList', { kind })
  saveFile(name, new Blob([text], { type: 'text/plain' }))
}

export const ClassMenu = () => {
  const session = useSession()
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="icon-button small"
        aria-label={t('More about classes')}
        title={t('Find, merge, import and export classes')}
        data-testid="class-menu"
      >
        <Ellipsis size={14} strokeWidth={1.75} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="end" sideOffset={4}>
          <ActionItem id="find-class" />
          <ActionItem id="gallery" />
          <ActionItem id="edit-class" />
          <ActionItem id="merge-class" />
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item
            className="menu-item"
            data-testid="import-classes"
            onSelect={() => chooseList(session)}
          >
            {t('Add classes from a file…')}
          </DropdownMenu.Item>
          <div className="menu-head">{t('Save the list as')}</div>
          {kinds.map(({ kind, name }) => (
            <DropdownMenu.Item
              key={kind}
              className="menu-item"
              data-testid={`export-classes-${kind}`}
              onSelect={() => attempt(writeList(session, kind))}
            >
              {t(name)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
