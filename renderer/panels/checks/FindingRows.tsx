/** What a check found of one kind, one a line: a click shows it, a button repairs it alone. */
import { Wrench } from 'lucide-react'
import { useState } from 'react'
import type { Finding } from '../../../common/contract/checks.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

/** Of the same kind on the same image there is one. */
export const keyOf = ({ kind, imageId, labels }: Finding): string =>
  `${kind} ${imageId ?? ''} ${labels.join()}`

/** As many are shown at first. */
const FIRST = 5

export const FindingRows = ({
  findings,
  total,
  busy,
  onRepair,
  onShow,
}: {
  findings: readonly Finding[]
  total: number
  busy: boolean
  onRepair: (meant: readonly Finding[]) => void
  onShow: (finding: Finding) => void
}) => {
  const [isOpen, setOpen] = useState(false)
  const shown = isOpen ? findings : findings.slice(0, FIRST)
  const untold = total - findings.length
  return (
    <>
      <ul className="finding-rows">
        {shown.map((finding) => (
          <li key={keyOf(finding)} className="finding-row" data-testid="finding">
            {finding.image === null ? (
              <span className="finding-text">{heard(finding.message)}</span>
            ) : (
              <button
                type="button"
                className="finding-text as-link"
                title={t('Open the image')}
                onClick={() => onShow(finding)}
              >
                <b>{finding.image}</b> {heard(finding.message)}
              </button>
            )}
            <IconButton
              icon={Wrench}
              label={t('Repair this alone')}
              disabled={busy}
              onClick={() => onRepair([finding])}
            />
          </li>
        ))}
      </ul>
      {findings.length > FIRST && !isOpen && (
        <button type="button" className="button ghost" onClick={() => setOpen(true)}>
          {t('Show {count, number} more', { count: findings.length - FIRST })}
        </button>
      )}
      {isOpen && untold > 0 && (
        <p className="dim">{t('And {count, number} more that are not listed.', { count: untold })}</p>
      )}
    </>
  )
}
