/** The settings' lines about what runs the model on this computer: the choice, and the race that found the fastest. */
import { useEffect, useState } from 'react'
import type { Measured, ProviderResult } from '../../../../common/contract/providers.ts'
import { isOngoing, isWorkOf } from '../../../../common/work-kinds.ts'
import { attempt } from '../../../state/report.ts'
import { useApp, useSession, useWork } from '../../../state/session-context.ts'
import { heard } from '../../../texts/heard.ts'
import { t } from '../../../texts/t.ts'
import { count, providerName } from '../../words.ts'

/** Leaves the choice to the race. */
const AUTO = 'auto'

const wordsOf = ({ problem, likeness }: ProviderResult, isWinner: boolean): string => {
  if (problem === null) return isWinner ? t('the fastest') : t('works')
  return likeness === null ? t('can’t be used here') : t('computes something else than the CPU')
}

const Row = ({ result, isWinner }: { result: ProviderResult; isWinner: boolean }) => (
  <tr data-testid={`provider-${result.provider}`}>
    <td>{providerName(result.provider)}</td>
    <td>{result.ms === null ? '–' : t('{ms} ms', { ms: count(Math.round(result.ms)) })}</td>
    <td className="dim" title={result.problem === null ? undefined : heard(result.problem)}>
      {wordsOf(result, isWinner)}
    </td>
  </tr>
)

/** What the newest race has found so far, or else what is remembered. */
const useMeasured = (): { measured: Measured | null; isOn: boolean; failure: string | null } => {
  const { client } = useSession()
  const modelId = useApp((state) => state.settings?.modelId)
  const run = useWork((state) => state.works.findLast((one) => isWorkOf(one, 'providers')))
  const [kept, setKept] = useState<Measured | null>(null)
  const isOn = run !== undefined && isOngoing(run)
  useEffect(() => {
    if (isOn) return
    attempt(client.call('providers.measured', {}).then(({ measured }) => setKept(measured)))
  }, [client, modelId, isOn])
  const detail = run !== undefined && isWorkOf(run, 'providers') ? run.detail : null
  return { measured: isOn ? detail : kept, isOn, failure: run?.failure ? heard(run.failure.message) : null }
}

export const ProviderLine = () => {
  const session = useSession()
  const settings = useApp((state) => state.settings)
  const providers = useApp((state) => state.info?.providers) ?? []
  const { measured, isOn, failure } = useMeasured()
  if (!settings) return null
  const fastest = measured !== null && !isOn ? measured.winner : null
  const auto =
    fastest === null ? t('The fastest') : t('The fastest ({provider})', { provider: providerName(fastest) })
  return (
    <>
      <div className="setting">
        <div>
          <div className="setting-title">{t('Runs on')}</div>
          <div className="dim">{t('Falls back to the CPU when it can’t be had.')}</div>
        </div>
        <div className="setting-value">
          <select
            className="input"
            aria-label={t('Provider')}
            value={settings.provider}
            onChange={(event) => session.changeSettings({ provider: event.target.value })}
          >
            <option value={AUTO}>{auto}</option>
            {providers.map((provider) => (
              <option key={provider} value={provider}>
                {providerName(provider)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div className="setting provider-race">
        <div>
          <div className="setting-title">{t('Measured on this computer')}</div>
          {measured === null ? (
            <div className="dim">
              {isOn
                ? t('A few encodes on each…')
                : (failure ?? t('Not yet: it is done in a quiet minute, or now.'))}
            </div>
          ) : (
            <table className="provider-table" data-testid="provider-table">
              <tbody>
                {measured.results.map((result) => (
                  <Row
                    key={result.provider}
                    result={result}
                    isWinner={!isOn && result.provider === measured.winner}
                  />
                ))}
              </tbody>
            </table>
          )}
        </div>
        <div className="setting-value">
          <button
            type="button"
            className="button"
            data-testid="provider-measure"
            disabled={isOn}
            onClick={() => attempt(session.work.start('providers', {}))}
          >
            {isOn ? t('Measuring…') : measured === null ? t('Measure') : t('Measure again')}
          </button>
        </div>
      </div>
    </>
  )
}
