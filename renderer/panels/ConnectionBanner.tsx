/** Says that the page has lost the core (web shell), and that what was kept is safe. */
import { Unplug } from 'lucide-react'
import { t } from '../texts/t.ts'

export type Connection = 'connected' | 'reconnecting' | 'refused'

export const ConnectionBanner = ({ connection }: { connection: Connection }) =>
  connection === 'connected' ? null : (
    <div className="banner" role="alert" data-testid="connection-banner">
      <Unplug size={14} aria-hidden />
      {connection === 'reconnecting'
        ? t('The connection to Maskwright is lost; trying again. Everything you kept is stored.')
        : t(
            'Maskwright does not know this page: it was started anew, or the address was used before. Open the newest address in its terminal. Everything you kept is stored.',
          )}
      <button type="button" className="button" onClick={() => location.reload()}>
        {t('Retry now')}
      </button>
    </div>
  )
