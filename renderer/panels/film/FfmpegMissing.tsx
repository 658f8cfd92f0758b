/** Films need ffmpeg: how it is installed on this system, said before anything is chosen. */
import { Copy } from 'lucide-react'
import { attempt } from '../../state/report.ts'
import { t } from '../../texts/t.ts'
import { IconButton } from '../controls/IconButton.tsx'

export const FfmpegMissing = ({ install, still }: { install: string | null; still: boolean }) => (
  <div className="film-missing" data-testid="film-missing">
    <p>{t('Films are opened with ffmpeg, a free program that is not on this computer yet.')}</p>
    {install === null ? (
      <p>{t('Install it with the package manager of your system, or from ffmpeg.org, then try again.')}</p>
    ) : (
      <>
        <p>{t('Install it with this command in a terminal, then try again:')}</p>
        <div className="film-command">
          <code data-testid="film-install">{install}</code>
          <IconButton
            icon={Copy}
            label={t('Copy the command')}
            onClick={() => attempt(navigator.clipboard.writeText(install))}
          />
        </div>
      </>
    )}
    {still && (
      <p className="error-line" role="alert">
        {t('It is still not there. Has the installation ended?')}
      </p>
    )}
  </div>
)
