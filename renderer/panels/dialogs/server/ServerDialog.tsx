/** A server that encodes and detects in place of this computer: its address, what a trial finds, using it or not. */
import { CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ServerModel, ServerTrialResult } from '../../../../common/contract/server.ts'
import { parseServerUrl } from '../../../../common/server-url.ts'
import { useApp, useSession } from '../../../state/session-context.ts'
import { errorText, heard } from '../../../texts/heard.ts'
import { t } from '../../../texts/t.ts'
import { Modal } from '../../controls/Modal.tsx'
import { count } from '../../words.ts'

const EXAMPLE = 'http://gpu.local:8000'

/** What was tried, and what came of it. */
interface Tried {
  readonly url: string
  readonly model: string
  /** Null while it is on its way. */
  readonly result: ServerTrialResult | null
}

const shapeText = (shape: readonly number[]) => shape.map((one) => (one < 0 ? '?' : one)).join(' × ')

const Tensors = ({ model }: { model: ServerModel }) => (
  <table className="server-tensors">
    <tbody>
      {(
        [
          [t('takes'), model.inputs],
          [t('gives'), model.outputs],
        ] as const
      ).flatMap(([way, tensors]) =>
        tensors.map(({ name, datatype, shape }) => (
          <tr key={`${way} ${name}`}>
            <td className="dim">{way}</td>
            <td>{name}</td>
            <td>{datatype}</td>
            <td>{shapeText(shape)}</td>
          </tr>
        )),
      )}
    </tbody>
  </table>
)

const Outcome = ({ result }: { result: ServerTrialResult }) =>
  result.fits ? (
    <div className="server-found" data-testid="server-found">
      <p className="server-line">
        <CircleCheck size={14} className="ok" aria-hidden />
        {t(
          '“{name}” is the encoder of the chosen model: {there} ms there with its way, {here} ms on this computer.',
          {
            name: result.model.name,
            there: count(Math.round(result.thereMs)),
            here: count(Math.round(result.hereMs)),
          },
        )}
      </p>
      <p className="dim">
        {[
          result.model.platform,
          ...result.model.versions.map((version) => t('version {version}', { version })),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <Tensors model={result.model} />
    </div>
  ) : (
    <p className="error-line" data-testid="server-refused">
      {heard(result.why)}
    </p>
  )

export const ServerDialog = ({ onClose }: { onClose: () => void }) => {
  const session = useSession()
  const settings = useApp((state) => state.settings)
  const [url, setUrl] = useState(settings?.serverUrl ?? '')
  const [model, setModel] = useState(settings?.serverModel ?? '')
  const [tried, setTried] = useState<Tried | null>(null)
  const latest = useRef(0)
  if (!settings) return null
  const parsed = parseServerUrl(url)
  const isSet = settings.serverUrl !== ''
  const isTried = tried?.result?.fits === true && tried.url === url && tried.model === model
  const isTrying = tried !== null && tried.result === null

  const type = (set: (text: string) => void) => (text: string) => {
    latest.current++
    setTried(null)
    set(text)
  }
  const tryIt = () => {
    const number = ++latest.current
    const tell = (result: ServerTrialResult) => {
      if (number === latest.current) setTried({ url, model, result })
    }
    setTried({ url, model, result: null })
    session.client
      .call('server.try', { url, model })
      .then(tell, (thrown: unknown) => tell({ fits: false, why: errorText(thrown) }))
  }
  const keep = (serverUrl: string) => {
    session.changeSettings({ serverUrl, serverModel: model.trim() })
    onClose()
  }

  return (
    <Modal
      open
      onClose={onClose}
      title={t('A server that encodes')}
      description={t(
        'A team’s server (Triton, OpenVINO Model Server or another that speaks KServe’s v2 protocol) encodes photos and runs detectors, which are found there by the name of their file. Clicks are answered on this computer.',
      )}
      width={600}
      testId="server-dialog"
      footer={
        <>
          {isSet && (
            <button type="button" className="button" data-testid="server-stop" onClick={() => keep('')}>
              {t('Use no server')}
            </button>
          )}
          <span className="foot-note" />
          <button
            type="button"
            className="button"
            data-testid="server-try"
            disabled={'fault' in parsed || isTrying}
            onClick={tryIt}
          >
            {t('Try it')}
          </button>
          <button
            type="button"
            className="button primary"
            data-testid="server-use"
            disabled={!isTried}
            onClick={() => keep(url.trim())}
          >
            {t('Use this server')}
          </button>
        </>
      }
    >
      <p className="warn-line server-line" data-testid="server-privacy">
        <TriangleAlert size={14} aria-hidden />
        {t(
          'Photos leave this computer: each one that you open, prepare or label is sent there, made smaller for the model.',
        )}
      </p>
      <div className="field">
        <label htmlFor="server-url">{t('Address')}</label>
        <input
          id="server-url"
          className="input"
          data-testid="server-url"
          value={url}
          placeholder={EXAMPLE}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => type(setUrl)(event.target.value)}
        />
        {url.trim() !== '' && 'fault' in parsed && <div className="dim">{parsed.fault}</div>}
        {'url' in parsed && parsed.isOpen && (
          <div className="warn-text" data-testid="server-open">
            {t('Over http:// anybody on the way can see the photos. https:// keeps them to the server.')}
          </div>
        )}
      </div>
      <div className="field">
        <label htmlFor="server-model">{t('Name of the encoder there')}</label>
        <input
          id="server-model"
          className="input"
          data-testid="server-model"
          value={model}
          placeholder={settings.modelId}
          spellCheck={false}
          autoComplete="off"
          maxLength={200}
          onChange={(event) => type(setModel)(event.target.value)}
        />
      </div>
      <div role="status" aria-live="polite">
        {isTrying && (
          <p className="server-line" data-testid="server-trying">
            <LoaderCircle size={14} className="spin" aria-hidden />
            {t('Asking the server to encode a test picture…')}
          </p>
        )}
        {tried?.result && <Outcome result={tried.result} />}
      </div>
    </Modal>
  )
}
