/** What the window shows while no folder is open. */
import { Clapperboard, Folder, FolderOpen, FolderX, Images } from 'lucide-react'
import { actionOf, runAction } from '../../actions/all-actions.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { ActionKeys } from '../controls/Keys.tsx'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

export const Welcome = () => {
  const session = useSession()
  const recent = useApp((state) => state.recent)
  const opening = useApp((state) => state.opening)
  const sample = useApp((state) => state.info?.sample ?? false)
  const notOpened = useApp((state) => state.notOpened)
  return (
    <div className="welcome" data-testid="welcome">
      <h1>{t('Label images with a click')}</h1>
      <p className="dim">
        {t(
          'Open a folder, click an object, keep its polygon. Everything is stored next to your images, which are never changed.',
        )}
      </p>
      {notOpened && opening === null && (
        <div className="not-opened" role="alert" data-testid="not-opened">
          <FolderX size={16} strokeWidth={1.75} aria-hidden />
          <div>
            <strong>{t('The folder was not opened')}</strong>
            <p>{heard(notOpened.message)}</p>
          </div>
        </div>
      )}
      <button
        type="button"
        className="button primary large"
        disabled={opening !== null}
        onClick={() => runAction(actionOf('open-folder'), session)}
      >
        <FolderOpen size={16} strokeWidth={1.75} aria-hidden />
        {opening === null ? t('Open a folder of images') : t('Opening…')}
        <ActionKeys id="open-folder" />
      </button>
      <button
        type="button"
        className="button ghost welcome-sample"
        disabled={opening !== null}
        onClick={() => runAction(actionOf('open-film'), session)}
      >
        <Clapperboard size={15} strokeWidth={1.75} aria-hidden />
        {t('Open a film as images')}
        <ActionKeys id="open-film" />
      </button>
      {sample && (
        <button
          type="button"
          className="button ghost welcome-sample"
          disabled={opening !== null}
          onClick={() => runAction(actionOf('open-sample'), session)}
        >
          <Images size={15} strokeWidth={1.75} aria-hidden />
          {t('Try it with six sample photos')}
        </button>
      )}
      {recent.length > 0 && (
        <div className="recent">
          <h2>{t('Recent folders')}</h2>
          {recent.slice(0, 6).map(({ folder, name, isThere }) => (
            <button
              type="button"
              key={folder}
              className="recent-row"
              title={
                isThere
                  ? folder
                  : t('{folder} is not there now. It was moved or deleted, or its drive is not connected.', {
                      folder,
                    })
              }
              disabled={opening !== null || !isThere}
              onClick={() => attempt(session.openFolder(folder))}
            >
              {isThere ? (
                <Folder size={14} strokeWidth={1.75} aria-hidden />
              ) : (
                <FolderX size={14} strokeWidth={1.75} aria-hidden />
              )}
              <span>{name}</span>
              {!isThere && <span className="recent-gone">{t('not there now')}</span>}
              <span className="dim">
                <bdi>{folder}</bdi>
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
