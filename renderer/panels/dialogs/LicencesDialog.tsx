/** The licences of everything that travels with the app, from the file that the build makes of the lockfile. */
import { ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Modal } from '../controls/Modal.tsx'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

/** As scripts/licences.ts writes them. */
interface Notice {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

const readNotices = async (): Promise<readonly Notice[]> => {
  const response = await fetch('/licences.json')
  if (!response.ok) throw new Error(t('The list of licences is missing in this build. Build it again.'))
  return (await response.json()) as readonly Notice[]
}

export const LicencesDialog = ({ onClose }: { onClose: () => void }) => {
  const [notices, setNotices] = useState<readonly Notice[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    readNotices().then(setNotices, (thrown: unknown) => setProblem(errorText(thrown)))
  }, [])
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Licences')}
      description={t(
        'Maskwright is free software under Apache-2.0. It is made of the works below; a click shows the terms of each.',
      )}
      width={640}
      testId="licences-dialog"
    >
      {problem !== null && <div className="error-line">{problem}</div>}
      <div className="licences">
        {notices.map(({ name, version, licence, text }) => (
          <details key={`${name} ${version}`}>
            <summary>
              <ChevronRight size={14} strokeWidth={1.75} aria-hidden />
              <span>{name}</span>
              <span className="dim">{version}</span>
              <span className="licence-kind">{licence}</span>
            </summary>
            <pre>{text}</pre>
          </details>
        ))}
      </div>
    </Modal>
  )
}
