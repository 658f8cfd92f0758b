/** Boxes to masks over a folder of photos, from the first byte read to the last object stored, against the peers' way. */
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { bboxOf } from '../../common/geometry/measure.ts'
import type { Quality } from '../../common/segmentation.ts'
import { probeImage } from '../../core/images/read-file.ts'
import { bundleProgram } from '../bundle.ts'
import { fetchOriginals } from '../originals.ts'
import { startPeer, type Peer } from '../peer.ts'
import { readLabels } from '../quality/labels.ts'
import type { Section } from '../section.ts'
import { ratios, spread } from '../stats.ts'

const run = promisify(execFile)
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

interface Labelled {
  /** From the start of the work until its last object is stored. */
  readonly ms: number
  readonly objects: number
}

/** On copies of the photos in `top`, with no embedding at hand. */
const runOurs = async (script: string, top: string, quality: Quality): Promise<Labelled> => {
  const [folder, dataFolder] = [join(top, 'photos'), join(top, 'data')]
  mkdirSync(top, { recursive: true })
  cpSync(join(data, 'images'), folder, { recursive: true })
  try {
    const asked = [script, folder, join(data, 'labels'), join(root, 'models'), dataFolder, quality]
    const { stdout } = await run(process.execPath, asked)
    return JSON.parse(stdout) as Labelled
  } finally {
    rmSync(top, { recursive: true, force: true, maxRetries: 3 })
  }
}

export const folderSection: Section = async ({ full, scratch, cache, say }) => {
  if (!existsSync(join(data, 'labels')))
    throw new Error(`${data} with images/ and labels/ is not on this machine.`)
  const tasks = await readTasks()
  const boxes = tasks.reduce((sum, task) => sum + task.boxes.length, 0)
  const runs = full ? 5 : 1
  const script = await bundleProgram('label-folder', cache)
  const peer = await startPeer(fetchOriginals(cache))
  const theirs: number[] = []
  const ours: Record<Quality, number[]> = { fast: [], good: [], best: [] }
  const stored: Record<Quality, number> = { fast: 0, good: 0, best: 0 }
  try {
    // Warms its memory and the file cache.
    await runPeer(peer, tasks.slice(0, 2))
    for (let turn = 0; turn < runs; turn++) {
      say(`folder: run ${turn + 1} of ${runs}`)
      theirs.push(await runPeer(peer, tasks))
      for (const quality of qualities) {
        const { ms, objects } = await runOurs(script, join(scratch, `folder-${quality}-${turn}`), quality)
        ours[quality].push(ms)
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
