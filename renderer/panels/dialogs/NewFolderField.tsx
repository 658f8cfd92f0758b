/** The path of a folder that is written to: typed, chosen in the system's dialog, or found in the list of folders. */
import { useCallback, useState, type ReactNode } from 'react'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'
import { PathField } from '../controls/PathField.tsx'
import { FolderBrowser } from './OpenFolderDialog.tsx'

export const NewFolderField = ({
  id,
  label,
  value,
  title,
  take,
  children,
  onChange,
  onFolder,
}: {
  id: string
  label: string
  value: string
  /** Of the system's dialog. */
  title: string
  /** Of the button that takes the folder that is listed. */
  take: string
  /** Under the field. */
  children?: ReactNode
  onChange: (path: string) => void
  /** One was chosen. */
  onFolder: (folder: string) => void
}) => {
  const { client } = useSession()
  const native = useApp((state) => state.info?.nativeDialog === true)
  const [browsing, setBrowsing] = useState(false)
  const [seen, setSeen] = useState<string | null>(null)
  const onBrowse = useCallback((listing: { folder: string } | null) => setSeen(listing?.folder ?? null), [])
  const choose = async () => {
    const { folder } = await client.call('folders.choose', { title })
    if (folder !== null) onFolder(folder)
  }
  return (
    <PathField
      id={id}
      label={label}
      value={value}
      placeholder={t('Made if it does not exist')}
      onChange={onChange}
      buttons={
        <button
          type="button"
          className="button"
          data-testid={`${id}-choose`}
          onClick={() => (native ? attempt(choose()) : setBrowsing(!browsing))}
        >
          {browsing ? t('Close') : t('Change…')}
        </button>
      }
    >
      {browsing && (
        <>
          <FolderBrowser start={null} onChange={onBrowse} />
          <button
            type="button"
            className="button"
            disabled={seen === null}
            onClick={() => {
              if (seen !== null) onFolder(seen)
              setBrowsing(false)
            }}
          >
            {take}
          </button>
        </>
      )}
      {children}
    </PathField>
  )
}
