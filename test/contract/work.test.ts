/** Every kind of long work over every transport: started, told, and run to its end. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diffOf, statusDiff } from '../../common/diff.ts'
import type { Client } from '../../common/rpc.ts'
import { ensureDone, runWork } from '../../common/work-client.ts'
import { workKinds, type WorkName, type WorkRequest } from '../../common/work-kinds.ts'
import { filmsMissing, writeTestFilm } from '../support/film.ts'
import { tinyDetector } from '../support/tiny-detectors.ts'
import { objectByHand } from '../support/objects.ts'
import { openBench } from './bench.ts'
import { transports } from './transports.ts'

const mergeOf = (other: string): WorkRequest<'merge'> => ({
  ...{ other, iou: 0.5, rule: 'ask', decisions: [], apart: [], most: 10 },
})

describe.each(transports)('long work over $name', ({ connect }) => {
  let folder: string
  let out: string
  let client: Client
  let close: () => Promise<void>

  beforeAll(async () => {
    ;({ folder, out, client, close } = await openBench(connect))
    writeFileSync(`${out}.onnx`, tinyDetector('v8'))
    if (filmsMissing === null) writeTestFilm(`${out}.mp4`)
    await client.call('project.open', { folder })
    // There is something to divide.
    const { image } = await client.call('images.open', { imageId: 1 })
    await client.call('edit.commit', { diff: statusDiff(image, 'done') })
    // There is something to follow, and nothing more to export.
    const { labels } = await client.call('labels.list', {})
    const square = { type: 'rectangle', x: 10, y: 10, width: 60, height: 50 } as const
    const followed = { imageId: 1, labelId: labels[0]!.id, proposed: true, trackId: 1 }
    const added = [objectByHand('square', square, followed)]
    await client.call('edit.commit', { diff: diffOf({ annotations: { added } }) })
    // A colleague's copy.
    cpSync(folder, `${out}-there`, { recursive: true })
  })
  afterAll(() => close())

  /** A start of each kind, as the page asks for it. */
  const starts = (): { readonly [K in WorkName]: WorkRequest<K> } => ({
    prepare: {},
    boxes: { source: { path: join(folder, 'boxes.json') }, scope: { kind: 'project' } },
    detect: {
      ...{ detector: { path: `${out}.onnx` }, scope: { kind: 'project' }, minScore: 0.25 },
      ...{ classes: [], as: 'boxes', proposed: true },
    },
    everything: { imageId: 1, pointsPerSide: 2, budgetMs: 1 },
    follow: { imageId: 1, objects: null, filter: { text: '', show: 'all' } },
    'follow-next': { imageId: 1, objects: null, filter: { text: '', show: 'all' } },
    alike: { objectId: 'square', scope: { kind: 'image', imageId: 1 } },
    settle: { how: 'follow' },
    export: { format: 'coco', out, copyImages: false, validation: 0, seed: 1 },
    film: { film: `${out}.mp4`, out: `${out}-frames`, take: { every: 4 }, as: 'jpeg' },
    split: { validation: 0.2, seed: 1 },
    assign: { people: ['anna', 'ben'], overlap: 0.5, seed: 1, out: `${out}-tasks` },
    check: { kinds: ['near-picture', 'tiny', 'unused-class'] },
    repair: { kind: 'tiny' },
    doubts: {},
    import: { source: { path: join(folder, 'boxes.json') }, existing: 'keep', boxes: 'rectangles' },
    'import-look': { source: { path: join(folder, 'boxes.json') }, existing: 'keep', boxes: 'rectangles' },
    merge: mergeOf(`${out}-there`),
    'merge-look': mergeOf(`${out}-there`),
    providers: {},
    'model-install': { from: 'catalogue', id: 'tiny' },
  })

  const kinds = (Object.keys(workKinds) as WorkName[]).filter(
    (kind) => kind !== 'film' || filmsMissing === null,
  )
  if (filmsMissing !== null) test.skip(`film: ${filmsMissing}`, () => undefined)
  test.each(kinds)('%s runs to its end as long work', async (kind) => {
    const states: string[] = []
    const end = await runWork(client, kind, starts()[kind], (work) => states.push(work.state))
    expect(end).toMatchObject({ kind, state: 'done', failure: null })
    expect(states.at(-1)).toBe('done')
    expect(end.detail === null || workKinds[kind].detail.safeParse(end.detail).success).toBe(true)
    expect((await client.call('work.list', {})).works.map(({ id }) => id)).toContain(end.id)
    const bad = {
      kind,
      request: {
        ...starts()[kind],
        imageId: {},
        objectId: {},
        source: 1,
        other: 1,
        detector: 1,
        out: 1,
        from: 1,
        how: 1,
        seed: 'x',
        kind: 1,
        kinds: 1,
        filter: 1,
      },
    }
    if (kind !== 'prepare')
      await expect(client.call('work.start', bad)).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('an export writes the files that it reports', async () => {
    rmSync(out, { recursive: true, force: true })
    const { detail: report } = ensureDone(await runWork(client, 'export', starts().export))
    if (report === null) throw new Error('There is no report.')
    expect(report).toMatchObject({ format: 'coco', out, annotations: 0, fileCount: report.files.length })
    for (const file of report.files) expect(readFileSync(join(out, file)).length).toBeGreaterThan(0)
    const refusedRun = await runWork(client, 'export', { ...starts().export, out: folder })
    expect(refusedRun).toMatchObject({ state: 'failed', failure: { code: 'bad-input' } })
  })
})
