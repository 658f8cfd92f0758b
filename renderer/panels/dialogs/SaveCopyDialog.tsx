/** Chooses the folder for a copy of a project that has lost its file, for shells without a folder dialog. */
import { useState } from 'react'
import { useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { FolderBrowser } from './OpenFolderDialog.tsx'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

export const SaveCopyDialog = ({ onClose }: { onClose: () => void }) => {
  const { client } = useSession()
  const [folder, setFolder] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [onChange] = useState(() => (listing: { folder: string } | null) => {
    setFolder(listing?.folder ?? null)
    setProblem(null)
  })
  const save = async (chosen: string) => {
    setSaving(true)
    try {
      await client.call('project.rescue', { to: 'elsewhere', folder: chosen })
      onClose()
    } catch (thrown) {
      setProblem(errorText(thrown))
    } finally {
      setSaving(false)
    }
  }
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Save a copy of the project')}
      description={t(
        'It is written as .maskwright into the folder that you choose. Put a copy of the photos there, and opening that folder finds all objects.',
      )}
      testId="save-copy-dialog"
      footer={
        <>
          <span className="foot-note" role="status">
            {problem}
          </span>
          <button type="button" className="button" onClick={onClose}>
            {t('Cancel')}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={folder === null || saving}
            data-testid="save-copy-here"
            onClick={() => folder !== null && void save(folder)}
          >
            {saving ? t('Saving…') : t('Save in this folder')}
          </button>
        </>
      }
    >
      <FolderBrowser start={null} onChange={onChange} />
    </Modal>
  )
}
