/** A month of work at a glance: what there is, how it grew, and when it will be done. */
import { RotateCw } from 'lucide-react'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Statistics } from '../../../common/contract/statistics.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { momentText } from '../../texts/numbers.ts'
import { barsOf } from './bars.ts'
import { ChartCard } from './ChartCard.tsx'
import { figuresOf } from './figures.ts'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

const dark = window.matchMedia('(prefers-color-scheme: dark)')
const watchScheme = (changed: () => void) => {
  dark.addEventListener('change', changed)
  return () => dark.removeEventListener('change', changed)
}

/** A name that changes with the colours. */
const useThemeName = (): string => {
  const theme = useApp((state) => state.settings?.theme ?? 'system')
  const isDark = useSyncExternalStore(watchScheme, () => dark.matches)
  return theme === 'system' ? `system ${isDark ? 'dark' : 'light'}` : theme
}

export const StatisticsDialog = ({ onClose }: { onClose: () => void }) => {
  const session = useSession()
  const theme = useThemeName()
  const measures = useApp((state) => state.settings?.measurePace ?? true)
  const [statistics, setStatistics] = useState<Statistics | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let isGone = false
    session.client.call('statistics.read', {}).then(
      (found) => !isGone && (setStatistics(found), setProblem(null)),
      (thrown: unknown) => !isGone && setProblem(errorText(thrown)),
    )
    return () => {
      isGone = true
    }
  }, [session, asked, measures])
  const bars = useMemo(() => (statistics === null ? [] : barsOf(statistics)), [statistics])
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Statistics')}
      description={t('Counted on this computer from the project in this folder; nothing is sent anywhere.')}
      width={1040}
      testId="statistics-dialog"
      footer={
        <>
          <label className="check foot-note">
            <input
              type="checkbox"
              className="switch"
              role="switch"
              checked={measures}
              data-testid="measure-pace"
              onChange={(event) => session.changeSettings({ measurePace: event.target.checked })}
            />
            {t('Measure seconds and inputs an object')}
          </label>
          {statistics !== null && (
            <span className="dim" data-testid="statistics-at">
              {t('Counted {moment}', { moment: momentText(statistics.at) })}
            </span>
          )}
          <button
            type="button"
            className="button"
            onClick={() => setAsked(asked + 1)}
            data-testid="count-again"
          >
            <RotateCw size={14} strokeWidth={1.75} aria-hidden />
            {t('Count again')}
          </button>
        </>
      }
    >
      {problem !== null && (
        <p className="error-line" role="alert">
          {t(problem)}
        </p>
      )}
      {statistics === null && problem === null && (
        <p className="dim" role="status">
          {t('Counting…')}
        </p>
      )}
      {statistics !== null && (
        <>
          <dl className="figures" data-testid="figures">
            {figuresOf(statistics).map(({ title, value, note }) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>
                  <b>{value}</b>
                  <span>{note}</span>
                </dd>
              </div>
            ))}
          </dl>
          <div className="charts">
            {bars.map((one) => (
              <ChartCard
                key={`${one.id} ${statistics.at}`}
                bars={one}
                theme={theme}
                isWide={one.id === 'days'}
              />
            ))}
          </div>
        </>
      )}
    </Modal>
  )
}
