/** A bar over the stage: labels lie beside the folder that was opened, and no object is there yet. */
import { FileInput, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ImportOffer as Offer } from '../../../common/contract/import.ts'
import { useApp, useSession, useView, useWork } from '../../state/session-context.ts'
import { runOf } from '../../state/work.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { rich, t } from '../../texts/t.ts'
import { isDismissed, rememberDismissed } from './dismissed.ts'

export const ImportOffer = () => {
  const { client, view, memory } = useSession()
  const file = useApp((state) => state.project?.file ?? null)
  const dialog = useView((state) => state.dialog)
  const [found, setFound] = useState<{ readonly file: string; readonly offer: Offer } | null>(null)
  useEffect(() => {
    if (file === null || isDismissed(memory, file)) return
    let isCurrent = true
    client.call('import.offer', {}).then(
      ({ offer }) => {
        if (isCurrent) setFound(offer === null ? null : { file, offer })
      },
      // It is only an offer.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client, memory, file])
  // Once they are imported they are offered no more, until all of it was undone and the folder is opened again.
  const isTaken = useWork((state) => {
    const run = runOf(state, 'import')
    return run !== null && run.state !== 'cancelled' && run.state !== 'failed'
  })
  if (found?.file !== file || dialog === 'import' || isTaken) return null
  const { path, shown, format, images } = found.offer
  const dismiss = () => {
    rememberDismissed(memory, found.file)
    setFound(null)
  }
  return (
    <div className="banner offer" role="status" data-testid="import-offer">
      <FileInput size={16} strokeWidth={1.75} aria-hidden />
      <p>
        {rich('{format} labels of {count, plural, one {# image} other {# images}} lie in {place}.', {
          format: <strong>{format}</strong>,
          count: images,
          place: <code title={path}>{shown}</code>,
        })}
      </p>
      <div className="banner-ways">
        <button
          type="button"
          className="button primary"
          data-testid="import-offer-take"
          onClick={() => view.showImport(path)}
        >
          {t('Import…')}
        </button>
        <IconButton icon={X} label={t('Not these labels')} onClick={dismiss} />
      </div>
    </div>
  )
}
