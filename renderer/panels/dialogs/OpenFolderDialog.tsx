/** Chooses a folder by looking through them, for shells without a folder dialog of their own. */
import { ArrowUp, Folder } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../common/contract.ts'
import { useSession } from '../../state/session-context.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { Modal } from '../controls/Modal.tsx'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

type Listing = CallOutput<'folders.list'>

const join = (folder: string, name: string) =>
  folder.includes('\\') ? `${folder.replace(/\\$/, '')}\\${name}` : `${folder.replace(/\/$/, '')}/${name}`

/** The browser of folders, also used to choose where an export goes. */
export const FolderBrowser = ({
  start,
  onChange,
}: {
  start: string | null
  /** The folder that is shown; null while it can't be read. */
  onChange: (listing: Listing | null) => void
}) => {
  const { client } = useSession()
  const [wanted, setWanted] = useState(start)
  const [listing, setListing] = useState<Listing | null>(null)
  const [text, setText] = useState(start ?? '')
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    let current = true
    client.call('folders.list', { folder: wanted }).then(
      (answer) => {
        if (!current) return
        setListing(answer)
        setText(answer.folder)
        setProblem(null)
        onChange(answer)
      },
      (thrown: unknown) => {
        if (!current) return
        setProblem(errorText(thrown))
        onChange(null)
      },
    )
    return () => {
      current = false
    }
  }, [client, wanted, onChange])

  const parent = listing?.parent ?? null
  return (
    <div className="folder-browser" data-testid="folder-browser">
      <div className="folder-path">
        <IconButton
          icon={ArrowUp}
          label={t('Up to the parent folder')}
          disabled={parent === null}
          onClick={() => parent !== null && setWanted(parent)}
        />
        <input
          className="input"
          value={text}
          aria-label={t('Path of the folder')}
          aria-invalid={problem !== null}
          data-testid="folder-path"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setWanted(text)
          }}
        />
      </div>
      {problem !== null ? (
        <p className="error-line" role="alert">
          {problem}
        </p>
      ) : (
        <div className="folder-rows" role="list" aria-label={t('Subfolders')}>
          {listing?.folders.map((name) => (
            <button
              type="button"
              key={name}
              role="listitem"
              className="folder-row"
              data-testid="folder-row"
              onClick={() => setWanted(join(listing.folder, name))}
            >
              <Folder size={14} strokeWidth={1.75} aria-hidden />
              {name}
            </button>
          ))}
          {listing?.folders.length === 0 && (
            <p className="empty-line" role="listitem">
              {t('No subfolders.')}
            </p>
          )}
        </div>
      )}
    </div>
  )
}

export const OpenFolderDialog = ({ onClose }: { onClose: () => void }) => {
  const session = useSession()
  const [listing, setListing] = useState<Listing | null>(null)
  const [opening, setOpening] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const open = async (folder: string) => {
    setOpening(true)
    try {
      await session.openFolder(folder)
      onClose()
    } catch (thrown) {
      setProblem(errorText(thrown))
    } finally {
      setOpening(false)
    }
  }
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Open a folder of images')}
      testId="open-folder-dialog"
      footer={
        <>
          <span className="foot-note" role="status">
            {problem ??
              (listing
                ? t('{count, plural, one {# image} other {# images}} in this folder itself', {
                    count: listing.imageCount,
                  })
                : '')}
          </span>
          <button type="button" className="button" onClick={onClose}>
            {t('Cancel')}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={!listing || opening}
            data-testid="open-this-folder"
            onClick={() => listing && void open(listing.folder)}
          >
            {opening ? t('Opening…') : t('Open this folder')}
          </button>
        </>
      }
    >
      <FolderBrowser start={session.store.getState().project?.folder ?? null} onChange={setListing} />
    </Modal>
  )
}
