/** How well objects were followed, as tables. Pure. */
import type { Table } from '../section.ts'
import { figure, mean, percentile } from '../stats.ts'
import type { FollowedFrame, Measured } from './measure.ts'

const spans = [
  [1, 1],
  [2, 5],
  [6, 10],
  [11, 20],
  [21, Infinity],
] as const
const limits = [0.5, 0.6, 0.7, 0.8] as const

const meanIou = (frames: readonly FollowedFrame[]) =>
  frames.length === 0 ? '-' : mean(frames.map(({ iou }) => iou)).toFixed(3)
const percent = (part: number, all: number) => (all === 0 ? '-' : `${((100 * part) / all).toFixed(0)} %`)

/** The chance that a frame below .6 has a lower confidence than one above: the area under the ROC curve. */
export const areaUnderCurve = (frames: readonly Pick<FollowedFrame, 'iou' | 'confidence'>[]): number => {
  const bad = frames.filter(({ iou }) => iou < 0.6)
  const good = frames.filter(({ iou }) => iou >= 0.6)
  let won = 0
  for (const a of bad)
    for (const b of good) won += a.confidence < b.confidence ? 1 : a.confidence === b.confidence ? 0.5 : 0
  return won / (bad.length * good.length)
}

export const speedTable = (measured: readonly Measured[]): Table => {
  const seconds = measured.flatMap((one) => one.seconds)
  return {
    title: 'Following: how fast',
    head: ['frames', 'seconds a frame, median', '90 of 100 frames below'],
    rows: [[`${seconds.length}`, figure(percentile(seconds, 0.5)), figure(percentile(seconds, 0.9))]],
    notes: ['From the question to the polygons of all objects, the encode of the new frame included.'],
  }
}

export const followTables = (measured: readonly Measured[]): Table[] => {
  const all = measured.flatMap(({ frames }) => frames)
  const there = all.filter(({ isThere }) => isThere)
  const gone = all.filter(({ isThere }) => !isThere)
  const names = [...new Set(all.map(({ sequence }) => sequence))]
  const bySpan = spans.map(([from, to]) => {
    const frames = there.filter(({ since }) => since >= from && since <= to)
    return [
      from === to ? `${from}` : to === Infinity ? `${from} and more` : `${from} - ${to}`,
      meanIou(frames),
    ]
  })
  return [
    {
      title: 'Following: how well',
      head: ['sequence', 'objects in frames', 'mean J', 'lowest confidence'],
      rows: [
        ...names.map((name) => {
          const own = there.filter(({ sequence }) => sequence === name)
          return [
            name,
            `${own.length}`,
            meanIou(own),
            Math.min(...own.map((one) => one.confidence)).toFixed(2),
          ]
        }),
        ['all', `${there.length}`, meanIou(there), ''],
      ],
      notes: [
        'J is the IoU of the polygon that would be stored with the known mask, over the frames after the first in which ' +
          'the object is; nobody mends anything on the way.',
      ],
    },
    {
      title: "Following: by frames since the last person's mask",
      head: ['frames since', 'mean J'],
      rows: bySpan,
      notes: [],
    },
    {
      title: 'Following: where a person looks',
      head: ['confidence under', 'frames looked at', 'J of the rest'],
      rows: limits.map((limit) => {
        const rest = there.filter(({ confidence }) => confidence >= limit)
        return [`${limit}`, percent(there.length - rest.length, there.length), meanIou(rest)]
      }),
      notes: [
        `Area under the curve for "J below .6": ${figure(areaUnderCurve(there))}. Of ${gone.length} frames that the ` +
          `object had left, ${gone.filter((one) => !one.isFound || one.confidence < 0.5).length} were said to be without it or below .5.`,
      ],
    },
    speedTable(measured),
  ]
}
