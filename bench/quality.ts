/**
 * `npm run quality [-- clicks boxes] [--limit N] [--write]`: how well our own pipeline (file -> encode -> prompts ->
 * mask -> polygon) finds objects that people have outlined, over the photos and labels in ../shared/data/coco-dev. Each
 * part has its own tables in docs/performance.md. `npm run quality -- follow [FOLDER] [--every N] [--limit N] [--write]`:
 * how well objects are followed, over a folder of frames and masks as DAVIS has them, or over films made here.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { SegmentAnswer } from '../common/segmentation.ts'
import type { Polygon, PointPrompt } from '../common/model.ts'
import { probeImage } from '../core/images/read-file.ts'
import type { Inference } from '../core/inference/client/inference.ts'
import { measureFollowing } from './follow/quality.ts'
import { ask, polygonsOf, startInference, unread } from './pipeline.ts'
import { boxTablesOf, outlinesTable, type Outline } from './quality/box-tables.ts'
import { boxOf, measureBoxes, sizeOf, type BoxScore } from './quality/boxes.ts'
import { readLabels } from './quality/labels.ts'
import { emptyMask, iouOf, maskOfLogits, maskOfShape, nextClick, type Mask } from './quality/masks.ts'
import { tablesOf, type Scored, type Score } from './quality/tables.ts'
import type { Table } from './section.ts'
import { machineOf, markdownOf, writeReport } from './report.ts'

const MAX_CLICKS = 20
/** Clicks that are always made, for the means; more only until both levels are reached. */
const LEAST_CLICKS = 8
const LEVEL = 0.9

const scoreOf = (truth: Mask, answer: SegmentAnswer): { mask: Mask; score: Score } => {
  const mask = maskOfLogits(answer)
  const [polygon = null] = polygonsOf({ ...answer, candidates: answer.candidates.slice(0, 1) })
  return {
    mask,
    score: {
      mask: iouOf(truth, mask),
      polygon: iouOf(truth, maskOfShape(polygon, truth.width, truth.height)),
    },
  }
}

/** The best that a person could pick of what a first click offers. */
const bestOf = (truth: Mask, answer: SegmentAnswer): Score => {
  const polygons = polygonsOf(answer)
  return {
    mask: Math.max(...answer.candidates.map((_, i) => iouOf(truth, maskOfLogits(answer, i)))),
    polygon: Math.max(...polygons.map((one) => iouOf(truth, maskOfShape(one, truth.width, truth.height)))),
  }
}

const measureObject = async (
  inference: Inference,
  file: string,
  shape: Polygon,
  truth: Mask,
): Promise<Scored & { outline: Outline }> => {
  const box = scoreOf(
    truth,
    await ask(inference, unread(file), [boxOf(shape)], null, undefined, 'good'),
  ).score
  const clicks: Score[] = []
  const points: PointPrompt[] = []
  let best: Score | null = null
  let outline: Outline | null = null
  let shown: SegmentAnswer | null = null
  let found = emptyMask(truth.width, truth.height)
  while (points.length < MAX_CLICKS) {
    const next = nextClick(truth, found)
    if (next === null) break
    points.push(next)
    const answer: SegmentAnswer = await ask(inference, unread(file), points, shown)
    best ??= bestOf(truth, answer)
    outline ??= sizeOf(polygonsOf(answer)[0] ?? null)
    const { mask, score } = scoreOf(truth, answer)
    clicks.push(score)
    shown = answer
    found = mask
    const reached = clicks.some((one) => one.mask >= LEVEL) && clicks.some((one) => one.polygon >= LEVEL)
    if (clicks.length >= LEAST_CLICKS && reached) break
  }
  const area = truth.data.reduce((sum, pixel) => sum + pixel, 0)
  return { area, box, best: best ?? box, clicks, outline: outline ?? sizeOf(null) }
}

const everyPart = ['clicks', 'boxes'] as const
type Part = (typeof everyPart)[number]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: 'string' },
    every: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
if (positionals[0] === 'follow') {
  const [, folder = null] = positionals
  const { every, limit, write } = values
  await measureFollowing({ folder, every: Number(every ?? 1), most: Number(limit ?? Infinity), write })
  process.exit(0)
}
const parts: readonly string[] = positionals.length > 0 ? positionals : everyPart
const unknown = parts.filter((part) => !everyPart.some((known) => known === part))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are ${everyPart.join(', ')}.`)
  process.exit(2)
}
const machine = machineOf()
const data = resolve(import.meta.dirname, '..', '..', 'shared', 'data', 'coco-dev')
if (!existsSync(join(data, 'images'))) {
  console.log(`Nothing was measured: ${data} with images/ and labels/ is not on this machine.`)
  process.exit(0)
}

const names = readdirSync(join(data, 'images'))
  .sort()
  .slice(0, values.limit === undefined ? undefined : Number(values.limit))
const scratch = mkdtempSync(join(tmpdir(), 'maskwright-quality-'))
const inference = startInference(scratch, 4e9)
const scored: (Scored & { outline: Outline })[] = []
const boxes: BoxScore[] = []
try {
  for (const [i, name] of names.entries()) {
    const file = join(data, 'images', name)
    const { width, height } = await probeImage(file)
    const labels = readLabels(join(data, 'labels', name.replace(/\.\w+$/, '.txt')), width, height)
    const shapes: Polygon[] = []
    for (const shape of labels) {
      const truth = maskOfShape(shape, width, height)
      if (!truth.data.includes(1)) continue
      shapes.push(shape)
      if (parts.includes('clicks')) scored.push(await measureObject(inference, file, shape, truth))
    }
    if (parts.includes('boxes'))
      boxes.push(...(await measureBoxes(inference, file, { width, height }, shapes, scratch)))
    console.error(`  ${i + 1} of ${names.length} images ...`)
  }
} finally {
  await inference.close()
  rmSync(scratch, { recursive: true, force: true })
}

const date = new Date().toISOString().slice(0, 10)
const report = async (part: Part, tables: readonly Table[]) => {
  const command = `npm run quality -- ${part}${values.limit ? ` --limit ${values.limit}` : ''}`
  const origin = `${date}, \`${command}\`, ${names.length} photos: ${machine}`
  console.log([origin, '', ...tables.map(markdownOf)].join('\n'))
  if (values.write) await writeReport(part === 'clicks' ? 'quality' : 'quality boxes', origin, tables)
}
if (scored.length > 0) {
  const clicked = scored.map(({ outline }) => outline)
  await report('clicks', [...tablesOf(scored, MAX_CLICKS), outlinesTable([['1 click', clicked]])])
}
if (boxes.length > 0) await report('boxes', boxTablesOf(boxes))
