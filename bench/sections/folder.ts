/** Boxes to masks over a folder of photos, from the first byte read to the last object stored, against the peers' way. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { bboxOf } from '../../common/geometry/measure.ts'
import { createClient, createLocalTransport } from '../../common/rpc.ts'
import type { Quality } from '../../common/segmentation.ts'
import { runWork } from '../../common/work-client.ts'
import { createCore } from '../../core/core.ts'
import { forkDecoderProcess } from '../../core/images/decoder/fork.ts'
import { probeImage } from '../../core/images/read-file.ts'
import { forkInferenceProcess } from '../../core/inference/client/fork.ts'
import { fetchOriginals } from '../originals.ts'
import { startPeer, type Peer } from '../peer.ts'
import { readLabels } from '../quality/labels.ts'
import type { Section } from '../section.ts'
import { ratios, spread } from '../stats.ts'

const root = resolve(import.meta.dirname, '..', '..')
const data = resolve(root, '..', 'shared', 'data', 'coco-dev')

/** What each may cost as a share of the peers' time; best has no limit. */
const limits: Readonly<Record<Quality, number | null>> = { fast: 0.55, good: 1, best: null }
const qualities: readonly Quality[] = ['fast', 'good', 'best']

interface Task {
  readonly file: string
  /** x0, y0, x1, y1, image pixels. */
  readonly boxes: readonly (readonly [number, number, number, number])[]
}

const readTasks = async (): Promise<Task[]> => {
  const tasks: Task[] = []
  for (const name of readdirSync(join(data, 'images')).sort()) {
    const file = join(data, 'images', name)
    const { width, height } = await probeImage(file)
    const labels = readLabels(join(data, 'labels', name.replace(/\.\w+$/, '.txt')), width, height)
    const boxes = labels.map((shape) => {
      const { x, y, width: wide, height: high } = bboxOf(shape)
      return [x, y, x + wide, y + high] as const
    })
    tasks.push({ file, boxes })
  }
  return tasks
}

/** Milliseconds of reading, encoding, and a decode and a contour a box, in a loop; nothing is stored. */
const runPeer = async (peer: Peer, tasks: readonly Task[]): Promise<number> => {
  let total = 0
  for (const { file, boxes } of tasks) {
    total += (await peer.encode(file)).total
    for (const [x0, y0, x1, y1] of boxes) {
      const corners = [
        [x0, y0, 2],
        [x1, y1, 3],
      ] as const
      total += (await peer.click(corners)).total
    }
  }
  return total
}

/** The folder as a project of its own, with no embedding at hand and the model loaded. */
const openFolder = async (top: string) => {
  const folder = join(top, 'photos')
  mkdirSync(top, { recursive: true })
  cpSync(join(data, 'images'), folder, { recursive: true })
  const core = createCore({
    version: 'bench',
    shell: 'test',
    dataFolder: join(top, 'data'),
    modelFolders: [join(root, 'models')],
    startInferenceProcess: () => forkInferenceProcess(),
    startDecoderProcess: forkDecoderProcess,
  })
  const client = createClient(createLocalTransport(core.dispatch, (listener) => core.subscribe(listener)))
  await client.call('project.open', { folder })
  await client.call('app.info', {})
  return { core, client }
}

/** Milliseconds from the start of the work until its last object is stored. */
const runOurs = async (top: string, quality: Quality): Promise<{ took: number; objects: number }> => {
  const { core, client } = await openFolder(top)
  try {
    // What opening has begun is over by then.
    await wait(1500)
    const source = { path: join(data, 'labels') }
    const start = performance.now()
    const end = await runWork(client, 'boxes', { source, scope: { kind: 'project' }, quality })
    const took = performance.now() - start
    if (end.state !== 'done') throw new Error(end.message ?? 'Boxes to masks did not end well.')
    return { took, objects: end.detail?.objects ?? 0 }
  } finally {
    await core.close()
    rmSync(top, { recursive: true, force: true, maxRetries: 3 })
  }
}

export const folderSection: Section = async ({ full, scratch, cache, say }) => {
  if (!existsSync(join(data, 'labels')))
    throw new Error(`${data} with images/ and labels/ is not on this machine.`)
  const tasks = await readTasks()
  const boxes = tasks.reduce((sum, task) => sum + task.boxes.length, 0)
  const runs = full ? 5 : 1
  const peer = await startPeer(fetchOriginals(cache))
  const theirs: number[] = []
  const ours: Record<Quality, number[]> = { fast: [], good: [], best: [] }
  const stored: Record<Quality, number> = { fast: 0, good: 0, best: 0 }
  try {
    // Warms its memory and the file cache.
    await runPeer(peer, tasks.slice(0, 2))
    for (let run = 0; run < runs; run++) {
      say(`folder: run ${run + 1} of ${runs}`)
      theirs.push(await runPeer(peer, tasks))
      for (const quality of qualities) {
        const { took, objects } = await runOurs(join(scratch, `folder-${quality}-${run}`), quality)
        ours[quality].push(took)
        stored[quality] = objects
      }
    }
  } finally {
    peer.close()
  }
  const rowOf = (quality: Quality) => {
    const shares = ratios(ours[quality], theirs)
    const limit = limits[quality]
    const middle = shares.toSorted((a, b) => a - b)[Math.floor(shares.length / 2)]!
    const within = limit === null ? '-' : `${middle <= limit ? 'yes' : 'NO'} (${limit})`
    const seconds = (times: readonly number[]) => spread(times.map((ms) => ms / 1000))
    return [quality, spread(shares), within, seconds(ours[quality]), seconds(theirs), String(stored[quality])]
  }
  return [
    {
      title: `Boxes to masks: ${tasks.length} photos, ${boxes} boxes`,
      head: ['quality', 'ours / peer', 'within the limit', 'ours, s', 'peer, s', 'objects stored'],
      rows: qualities.map(rowOf),
      notes: [
        `${runs === 1 ? 'One run' : `Medians with quartiles of ${runs} runs`}, in turn. Ours: the work as the app ` +
          'and the terminal start it, from reading the labels to the last polygon stored, no embedding at hand. ' +
          `Peer: ${peer.runtime}, default options, the original graphs, a loop over the photos and their boxes, ` +
          'outer contours; it stores nothing, and no start is counted.',
      ],
    },
  ]
}
