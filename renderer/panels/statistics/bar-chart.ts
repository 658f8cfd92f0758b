/** Draws bars onto a canvas with Chart.js, in the colours of the theme. Loaded when the first chart is shown. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js'
import type { Bars, Tone } from './bars.ts'
import { count } from '../words.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip)

/** That have room side by side. */
const MOST_NAMES = 12

/**
 * Of Okabe and Ito's set for colour-blind readers (see common/palette.ts), those that stand out from white and from the
 * dark surface by 3:1 or more.
 */
const series: Readonly<Record<Exclude<Tone, 'rest'>, string>> = {
  first: '#0072b2',
  second: '#d55e00',
  third: '#009e73',
}

/** A colour of tokens.css as the canvas understands it. */
const tokenOf = (element: HTMLElement, name: string): string => {
  const before = element.style.color
  element.style.color = `var(${name})`
  const { color } = getComputedStyle(element)
  element.style.color = before
  return color
}

export interface DrawnChart {
  /** The chart on the theme's surface, as a PNG. */
  png(): Promise<Blob>
  destroy(): void
}

const configurationOf = (bars: Bars, canvas: HTMLCanvasElement): ChartConfiguration<'bar'> => {
  const token = (name: string) => tokenOf(canvas, name)
  const [text, line, surface, font] = [
    token('--text-2'),
    token('--line'),
    token('--surface'),
    getComputedStyle(canvas).fontFamily,
  ]
  const colorOf = (tone: Tone) => (tone === 'rest' ? token('--text-3') : series[tone])
  const isStacked = bars.series.length > 1
  const ticks = { color: text, font: { family: font, size: 11 } }
  const names = {
    stacked: isStacked,
    grid: { display: false },
    border: { color: line },
    ticks: {
      ...ticks,
      maxRotation: 0,
      autoSkip: bars.names.length > MOST_NAMES && !bars.lying,
      autoSkipPadding: 12,
    },
  }
  const values = {
    stacked: isStacked,
    beginAtZero: true,
    grid: { color: line },
    border: { display: false },
    ticks: {
      ...ticks,
      precision: 0,
      maxTicksLimit: 6,
      callback: (value: string | number) => count(Number(value)),
    },
  }
  return {
    type: 'bar',
    data: {
      labels: bars.names.map((name) => (name.length > 24 ? `${name.slice(0, 23)}…` : name)),
      datasets: bars.series.map(({ name, tone, values: data }) => ({
        label: name,
        data: [...data],
        backgroundColor: colorOf(tone),
        maxBarThickness: 28,
      })),
    },
    options: {
      indexAxis: bars.lying ? 'y' : 'x',
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', axis: bars.lying ? 'y' : 'x', intersect: false },
      scales: bars.lying ? { x: values, y: names } : { x: names, y: values },
      plugins: {
        legend: {
          display: isStacked,
          position: 'bottom',
          labels: { color: text, font: { family: font, size: 12 }, boxWidth: 12, boxHeight: 12 },
        },
        tooltip: {
          callbacks: {
            title: ([item]) => bars.names[item?.dataIndex ?? 0] ?? '',
            label: ({ dataset, raw }) => `${dataset.label}: ${count(Number(raw))}`,
          },
        },
      },
    },
    plugins: [
      {
        id: 'surface',
        // A picture without a ground can't be read in a document of the other theme.
        beforeDraw: ({ ctx, width, height }) => {
          ctx.save()
          ctx.globalCompositeOperation = 'destination-over'
          ctx.fillStyle = surface
          ctx.fillRect(0, 0, width, height)
          ctx.restore()
        },
      },
    ],
  }
}

export const drawChart = (canvas: HTMLCanvasElement, bars: Bars): DrawnChart => {
  const chart = new Chart(canvas, configurationOf(bars, canvas))
  return {
    png: () =>
      new Promise((resolve, reject) =>
        canvas.toBlob((blob) =>
          blob ? resolve(blob) : reject(new Error('The chart can’t be made a picture.')),
        ),
      ),
    destroy: () => chart.destroy(),
  }
}
