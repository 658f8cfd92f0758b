/** Files beside the photos that are kept in step with each change: on or off, what is not in step, what can be done. */
import { CircleCheck, FileClock } from 'lucide-react'
import { useState } from 'react'
import type { CallInput } from '../../../common/contract.ts'
import type { MirrorState } from '../../../common/contract/mirror.ts'
import { besideFormats } from '../../../common/formats.ts'
import { useBeside, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { Tip } from '../controls/Tip.tsx'
import { mirrorText } from '../MirrorStatus.tsx'
import { errorText, heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

type Change = (request: Partial<CallInput<'mirror.set'>>) => void

const Troubles = ({ mirror, onChange }: { mirror: MirrorState; onChange: Change }) => (
  <>
    {mirror.failure !== null && (
      <p className="error-line" role="alert">
        {mirror.failure}
      </p>
    )}
    {mirror.leftCount > 0 && (
      <div className="mirror-left">
        <b>{mirrorText({ ...mirror, failure: null })}</b>
        <ul data-testid="mirror-left">
          {mirror.left.map(({ image, message }) => (
            <li key={image}>
              <b>{image}</b> {heard(message)}
            </li>
          ))}
          {mirror.leftCount > mirror.left.length && (
            <li className="dim">
              {t('and {count, number} more', { count: mirror.leftCount - mirror.left.length })}
            </li>
          )}
        </ul>
      </div>
    )}
    {(mirror.failure !== null || mirror.leftCount > 0) && (
      <div className="mirror-ways">
        <button type="button" className="button" data-testid="mirror-again" onClick={() => onChange({})}>
          {t('Look again')}
        </button>
        {mirror.foreign > 0 && (
          <Tip
            text={t(
              'Writes ours in their place. The files that are there now are kept in .maskwright/replaced.',
            )}
          >
            <button
              type="button"
              className="button"
              data-testid="mirror-take-over"
              onClick={() => onChange({ takeOver: true })}
            >
              {t(
                'Replace {count, plural, one {# file, keeping it aside} other {# files, keeping them aside}}',
                {
                  count: mirror.foreign,
                },
              )}
            </button>
          </Tip>
        )}
        <span className="dim">
          {t('What other programs wrote in them can be taken in first: Import labels.')}
        </span>
      </div>
    )}
  </>
)

const State = ({ mirror }: { mirror: MirrorState }) => {
  const Icon = mirror.waiting > 0 ? FileClock : CircleCheck
  return (
    <p className="mirror-state" role="status" data-testid="mirror-state">
      <Icon size={14} aria-hidden />
      {mirrorText(mirror)}
    </p>
  )
}

export const MirrorDialog = ({ onClose }: { onClose: () => void }) => {
  const { beside } = useSession()
  const mirror = useBeside((state) => state.mirror)
  const [problem, setProblem] = useState<string | null>(null)
  const format = besideFormats.find(({ id }) => id === mirror?.format) ?? besideFormats[0]!
  const isOn = mirror !== null && mirror.format !== null
  const set = (request: CallInput<'mirror.set'>) => {
    setProblem(null)
    beside.set(request).catch((thrown: unknown) => setProblem(errorText(thrown)))
  }
  return (
    <Modal
      open
      onClose={onClose}
      title={t('{format} beside the photos', { format: format.name })}
      description={t(
        'Each photo with objects, or marked done, has a file beside it: a.jpg has a.{ending}. Files of other programs are left as they are.',
        { ending: format.liesBeside!.ending },
      )}
      width={560}
      testId="mirror-dialog"
      footer={
        <button type="button" className="button primary" onClick={onClose}>
          {t('Done')}
        </button>
      }
    >
      <div className="setting">
        <div>
          <div className="setting-title">{t('Keep them in step with every change')}</div>
          <div className="dim">
            {t(
              'Stays on in this project. Turned off, the files stay as they are. To write them once: Export.',
            )}
          </div>
        </div>
        <div className="setting-value">
          <input
            type="checkbox"
            className="switch"
            role="switch"
            aria-label={t('Keep them in step with every change')}
            data-testid="mirror-switch"
            checked={isOn}
            onChange={(event) => set({ format: event.target.checked ? format.id : null })}
          />
        </div>
      </div>
      {mirror?.isAsked === true && (
        <p className="mirror-state" role="status" data-testid="mirror-asked">
          <FileClock size={14} aria-hidden />
          {mirrorText(mirror)} {t('It may come from somebody else.')}
        </p>
      )}
      {problem !== null && (
        <p className="error-line" role="alert">
          {problem}
        </p>
      )}
      {isOn && (
        <>
          {mirror.failure === null && mirror.leftCount === 0 && <State mirror={mirror} />}
          <Troubles mirror={mirror} onChange={(request) => set({ format: format.id, ...request })} />
        </>
      )}
    </Modal>
  )
}
