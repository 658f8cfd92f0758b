/** One chart with the table behind it, each to be taken away as a file. */
import { Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { attempt, reportError } from '../../state/report.ts'
import { saveFile } from '../../state/save-file.ts'
import { Segmented } from '../controls/Segmented.tsx'
import { Tip } from '../controls/Tip.tsx'
import { count } from '../words.ts'
import type { DrawnChart } from './bar-chart.ts'
import { csvOf, drawnOf, tableOf, type Bars } from './bars.ts'
import { msg } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'

const views = [
  { value: 'chart', name: msg('Chart') },
  { value: 'table', name: msg('Table') },
] as const
type ViewName = (typeof views)[number]['value']

const ROW = 22
const AXIS = 64

const Table = ({ bars }: { bars: Bars }) => {
  const [head = [], ...rows] = tableOf(bars)
  return (
    <div
      className="chart-table"
      tabIndex={0}
      role="region"
      aria-label={t('{title}, table', { title: bars.title })}
    >
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values], at) => (
            <tr key={at}>
              <th scope="row">{name}</th>
              {values.map((value, column) => (
                <td key={column}>{typeof value === 'number' ? count(value) : value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Chart = ({
  bars,
  theme,
  onDrawn,
}: {
  bars: Bars
  /** Drawn anew when it changes. */
  theme: string
  onDrawn: (chart: DrawnChart | null) => void
}) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    let chart: DrawnChart | null = null
    let isGone = false
    const draw = async () => {
      const { drawChart } = await import('./bar-chart.ts')
      if (isGone || canvas.current === null) return
      chart = drawChart(canvas.current, bars)
      onDrawn(chart)
      setShown(true)
    }
    draw().catch(reportError)
    return () => {
      isGone = true
      onDrawn(null)
      chart?.destroy()
    }
  }, [bars, theme, onDrawn])
  const height = bars.lying ? AXIS + ROW * bars.names.length : 220
  return (
    <div className="chart-canvas" style={{ height }} data-shown={isShown ? '' : undefined}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('{title}. The table has the numbers.', { title: bars.title })}
      />
    </div>
  )
}

export const ChartCard = ({ bars, theme, isWide }: { bars: Bars; theme: string; isWide: boolean }) => {
  const [view, setView] = useState<ViewName>('chart')
  const [chart, setChart] = useState<DrawnChart | null>(null)
  const [drawn] = useState(() => drawnOf(bars))
  const isEmpty = bars.series.every(({ values }) => values.every((value) => value === 0))
  const left = bars.names.length - drawn.names.length
  const save = () => {
    if (view === 'table')
      saveFile(`${bars.id}.csv`, new Blob(['\ufeff', csvOf(tableOf(bars))], { type: 'text/csv' }))
    else if (chart) attempt(chart.png().then((png) => saveFile(`${bars.id}.png`, png)))
  }
  const kind = view === 'table' ? 'CSV' : 'PNG'
  return (
    <section
      className="chart-card"
      data-wide={isWide ? '' : undefined}
      aria-label={bars.title}
      data-testid={`chart-${bars.id}`}
    >
      <header>
        <h3>{bars.title}</h3>
        {!isEmpty && (
          <>
            <Segmented
              label={t('{title} as', { title: bars.title })}
              choices={views.map(({ value, name }) => ({ value, name: t(name) }))}
              value={view}
              onChange={setView}
            />
            <Tip text={view === 'table' ? t('Save the table as CSV') : t('Save the chart as PNG')}>
              <button
                type="button"
                className="button ghost"
                aria-label={t('Save {title} as {kind}', { title: bars.title, kind })}
                disabled={view === 'chart' && chart === null}
                data-testid="chart-save"
                onClick={save}
              >
                <Download size={14} strokeWidth={1.75} aria-hidden />
                {kind}
              </button>
            </Tip>
          </>
        )}
      </header>
      {isEmpty ? (
        <p className="dim">{t('Nothing to count yet.')}</p>
      ) : view === 'table' ? (
        <Table bars={bars} />
      ) : (
        <Chart bars={drawn} theme={theme} onDrawn={setChart} />
      )}
      {bars.note !== null && !isEmpty && <p className="dim">{bars.note}</p>}
      {left > 0 && view === 'chart' && (
        <p className="dim">
          {t(
            bars.lying
              ? 'The {shown, number} with the most; the table has all {count, number}.'
              : 'The last {shown, number} days; the table has all {count, number}.',
            { shown: drawn.names.length, count: bars.names.length },
          )}
        </p>
      )}
    </section>
  )
}
