/** Where the folder of frames is made: beside the film, in a folder that is chosen, or as typed. */
import { useCallback, useState } from 'react'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'
import { PathField } from '../controls/PathField.tsx'
import { FolderBrowser } from '../dialogs/OpenFolderDialog.tsx'

export const FilmPlace = ({
  out,
  problem,
  onChange,
  onFolder,
}: {
  out: string
  /** Why nothing can be written where it was proposed. */
  problem: string | null
  onChange: (out: string) => void
  /** The new folder is to be made in this one. */
  onFolder: (folder: string) => void
}) => {
  const { client } = useSession()
  const native = useApp((state) => state.info?.nativeDialog === true)
  const [browsing, setBrowsing] = useState(false)
  const [seen, setSeen] = useState<string | null>(null)
  const onBrowse = useCallback((listing: { folder: string } | null) => setSeen(listing?.folder ?? null), [])
  const choose = async () => {
    const { folder } = await client.call('folders.choose', { title: t('Where the folder of frames is made') })
    if (folder !== null) onFolder(folder)
  }
  return (
    <PathField
      id="film-out"
      label={t('New folder for the frames')}
      value={out}
      placeholder={t('Made if it does not exist')}
      onChange={onChange}
      buttons={
        <button
          type="button"
          className="button"
          data-testid="film-out-choose"
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
            {t('Make it in this folder')}
          </button>
        </>
      )}
      {problem !== null && (
        <span className="warn-text" role="status">
          {heard(problem)}
        </span>
      )}
    </PathField>
  )
}
