/** Files beside the photos that are kept in step with each change: on or off, what is not in step, what can be done. */
import { CircleCheck, FileClock } from 'lucide-react'
import { useState } from 'react'
import type { CallInput } from '../../../common/contract.ts'
import type { MirrorState } from '../../../common/contract/mirror.ts'
import { messageOf } from '../../../common/errors.ts'
import { besideFormats } from '../../../common/formats.ts'
import { useBeside, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { Tip } from '../controls/Tip.tsx'
import { mirrorText } from '../MirrorStatus.tsx'
import { count, plural } from '../words.ts'

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
              <b>{image}</b> {message}
            </li>
          ))}
          {mirror.leftCount > mirror.left.length && (
            <li className="dim">and {count(mirror.leftCount - mirror.left.length)} more</li>
          )}
        </ul>
      </div>
    )}
    {(mirror.failure !== null || mirror.leftCount > 0) && (
      <div className="mirror-ways">
        <button type="button" className="button" data-testid="mirror-again" onClick={() => onChange({})}>
          Look again
        </button>
        {mirror.foreign > 0 && (
          <Tip text="Writes ours in their place. The files that are there now are kept in .maskwright/replaced.">
            <button
              type="button"
              className="button"
              data-testid="mirror-take-over"
              onClick={() => onChange({ takeOver: true })}
            >
              Replace {plural(mirror.foreign, 'file')}, keeping {mirror.foreign === 1 ? 'it' : 'them'} aside
            </button>
          </Tip>
        )}
        <span className="dim">What other programs wrote in them can be taken in first: Import labels.</span>
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
    beside.set(request).catch((thrown: unknown) => setProblem(messageOf(thrown)))
  }
  return (
    <Modal
      open
      onClose={onClose}
      title={`${format.name} beside the photos`}
      description={`Each photo with objects, or marked done, has a file beside it: a.jpg has a.${format.liesBeside!.ending}. Files of other programs are left as they are.`}
      width={560}
      testId="mirror-dialog"
      footer={
        <button type="button" className="button primary" onClick={onClose}>
          Done
        </button>
      }
    >
      <div className="setting">
        <div>
          <div className="setting-title">Keep them in step with every change</div>
          <div className="dim">
            Stays on in this project. Turned off, the files stay as they are. To write them once: Export.
          </div>
        </div>
        <div className="setting-value">
          <input
            type="checkbox"
            className="switch"
            role="switch"
            aria-label="Keep them in step with every change"
            data-testid="mirror-switch"
            checked={isOn}
            onChange={(event) => set({ format: event.target.checked ? format.id : null })}
          />
        </div>
      </div>
      {mirror?.isAsked === true && (
        <p className="mirror-state" role="status" data-testid="mirror-asked">
          <FileClock size={14} aria-hidden />
          {mirrorText(mirror)} It may come from somebody else.
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
