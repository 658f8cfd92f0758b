/** What the stage says in a folder without images. */
import { ImageOff } from 'lucide-react'
import { actionOf, runAction } from '../../actions/all-actions.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { ActionKeys } from '../controls/Keys.tsx'
import { t } from '../../texts/t.ts'

export const EmptyFolder = () => {
  const session = useSession()
  const folder = useApp((state) => state.project?.folder)
  return (
    <div className="stage-problem" data-testid="empty-folder">
      <ImageOff size={26} strokeWidth={1.5} aria-hidden />
      <h2>{t('There are no images in this folder')}</h2>
      <p>{t('Nor in its subfolders. JPEG, PNG, WebP, BMP, GIF, AVIF, TIFF, JPEG 2000 and HEIC are read.')}</p>
      <code className="path">{folder}</code>
      <button type="button" className="button" onClick={() => runAction(actionOf('open-folder'), session)}>
        {t('Open another folder…')} <ActionKeys id="open-folder" />
      </button>
    </div>
  )
}
