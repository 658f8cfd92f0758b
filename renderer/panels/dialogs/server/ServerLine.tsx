/** The settings' line about a server: where photos are encoded, how that stands, and the way to change it. */
import { useApp, useSession } from '../../../state/session-context.ts'
import { heard } from '../../../texts/heard.ts'
import { t } from '../../../texts/t.ts'

/** How the server stands, for the person. */
const useStanding = (): string => {
  const url = useApp((state) => state.settings?.serverUrl ?? '')
  const server = useApp((state) => state.inference?.server ?? null)
  if (url === '') return t('None: photos stay on this computer.')
  if (server === 'on') return t('{url} encodes photos.', { url })
  if (server === 'away') return t('{url} is not used now: photos are encoded on this computer.', { url })
  return t('{url} is being asked.', { url })
}

export const ServerLine = () => {
  const { view } = useSession()
  const message = useApp((state) => (state.inference?.server === 'away' ? state.inference.message : null))
  const standing = useStanding()
  return (
    <>
      <div className="setting">
        <div className="server-standing">
          <div className="setting-title">{t('Server')}</div>
          <div className="dim" data-testid="server-standing">
            {standing}
          </div>
        </div>
        <div className="setting-value">
          <button
            type="button"
            className="button"
            data-testid="settings-server"
            onClick={() => view.show('server')}
          >
            {t('Change…')}
          </button>
        </div>
      </div>
      {message !== null && (
        <p className="warn-line" role="status">
          {heard(message)}
        </p>
      )}
    </>
  )
}
