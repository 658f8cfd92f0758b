/** Looks for a newer version, which nothing else ever does, and says how to get it. */
import { Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../common/contract.ts'
import { showNotice } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { errorText } from '../../texts/heard.ts'
import { rich, t } from '../../texts/t.ts'

type Answer = CallOutput<'app.updates'>

const copy = (text: string) =>
  navigator.clipboard.writeText(text).then(
    () => showNotice({ level: 'info', message: t('The address is copied.') }),
    () =>
      showNotice({ level: 'warning', message: t('The address can’t be copied here. Select it instead.') }),
  )

const Newer = ({ version, newest, page }: Extract<Answer, { state: 'newer' }>) => (
  <>
    <p>
      <strong>{t('Maskwright {version} is there.', { version: newest })}</strong>{' '}
      {t('This is {version}.', { version })}
    </p>
    <p>
      {t(
        'Download it from this page and install it over this one. Projects, settings and models stay as they are.',
      )}
    </p>
    <div className="copy-line">
      <code>{page}</code>
      <button type="button" className="button" onClick={() => void copy(page)}>
        <Copy size={14} strokeWidth={1.75} aria-hidden />
        {t('Copy')}
      </button>
    </div>
  </>
)

const said = (answer: Answer) => {
  switch (answer.state) {
    case 'newer':
      return <Newer {...answer} />
    case 'newest':
      return <p>{t('This is the newest version: {version}.', { version: answer.version })}</p>
    case 'unknown':
      return (
        <p>
          {rich(
            'This is version {version}, built from its source. It does not know where new versions are published: get the newest source, then run {command}.',
            { version: answer.version, command: <code>npm ci</code> },
          )}
        </p>
      )
  }
}

export const UpdatesDialog = ({ onClose }: { onClose: () => void }) => {
  const { client } = useSession()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    client.call('app.updates', {}).then(setAnswer, (thrown: unknown) => setProblem(errorText(thrown)))
  }, [client])
  return (
    <Modal open onClose={onClose} title={t('Check for updates')} width={480} testId="updates-dialog">
      {problem !== null && <div className="error-line">{problem}</div>}
      {problem === null && answer === null && <p className="dim">{t('Asking for the newest version…')}</p>}
      {answer !== null && said(answer)}
      <p className="dim">{t('Maskwright looks for updates only when you open this window.')}</p>
    </Modal>
  )
}
