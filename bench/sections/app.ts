/** Click -> polygon on screen in the real app with a 12-megapixel photo, stage by stage. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { driveStage } from '../../test/support/stage.ts'
import { buildApp, launchApp, waitForImage, waitForPrompts } from '../app.ts'
import { fetchOriginals } from '../originals.ts'
import { startPeer } from '../peer.ts'
import { makePhotos } from '../photos.ts'
import { createRandom } from '../../test/support/random.ts'
import type { Section, Table } from '../section.ts'
import { figure, percentile, ratios, spread } from '../stats.ts'
import { PRESSED, traceTasks } from '../trace-tasks.ts'
import { watchClicks, type ClickTimes } from '../watch-clicks.ts'

/** Milliseconds; issue 3's figures. */
const LIMIT = 60
const MAX_BLOCKED = 16
/**
 * How a click comes about, ms: a person holds the button for 80 to 100 by most accounts and takes some 200 to aim; a
 * touchpad's tap holds nothing, and a script neither waits nor holds.
 */
const ways = [
  { name: 'held 80 ms', rest: 0, hold: 80 },
  { name: 'at rest for 200 ms, not held', rest: 200, hold: 0 },
  { name: 'neither', rest: 0, hold: 0 },
] as const
type Way = (typeof ways)[number]

/** Between two traced clicks, ms; with the times measured, the peer's click takes as long. */
const PAUSE = 200

const stageTable = (title: string, clicks: readonly ClickTimes[]): Table => {
  const stages: readonly (readonly [string, (click: ClickTimes) => number])[] = [
    ['press to question asked', ({ asked }) => asked],
    [
      'way to the inference process and back',
      ({ call, wait, encode, decode }) => call - wait - encode - decode,
    ],
    ['wait in the queue', ({ wait }) => wait],
    ['embedding from memory', ({ encode }) => encode],
    ['decode', ({ decode }) => decode],
    ['upsample', ({ upsample }) => upsample],
    ['contour', ({ contour }) => contour],
    ['simplify', ({ simplify }) => simplify],
    [
      'transfer to the worker and back',
      ({ polygon, upsample, contour, simplify }) => polygon - upsample - contour - simplify,
    ],
    ['shown and painted', ({ shown }) => shown],
    ['all, from the press', ({ fromPress }) => fromPress],
    ['all, from the release', ({ total }) => total],
  ]
  return {
    title,
    head: ['stage', 'ms', 'p95'],
    rows: stages.map(([name, pick]) => {
      const times = clicks.map(pick)
      return [name, spread(times), figure(percentile(times, 0.95))]
    }),
    notes: [],
  }
}

export const appSection: Section = async ({ full, scratch, cache, say }) => {
  const runs = full ? 80 : 25
  const folder = join(scratch, 'app')
  const { large } = await makePhotos(folder)
  mkdirSync(join(scratch, 'app-data'))
  buildApp()
  const peer = await startPeer(fetchOriginals(cache))
  await peer.encode(large.file)
  const { app, name } = await launchApp({ folder, dataFolder: join(scratch, 'app-data') })
  try {
    const { page } = app
    await waitForImage(page)
    const stage = driveStage(page)
    await stage.openImage('coffee-4000.jpg')
    await page.evaluate(watchClicks, PRESSED)
    const random = createRandom(5)
    const pointAt = () =>
      [(0.1 + 0.8 * random()) * large.width, (0.1 + 0.8 * random()) * large.height] as const
    const clickAt = async ([x, y]: readonly [number, number], { rest, hold }: Way, count: number) => {
      const at = await stage.screenOf(x, y)
      if (rest > 0) {
        await page.mouse.move(at.x, at.y)
        await setTimeout(rest)
      }
      const times = page.evaluate(() => window.benchClick!())
      await page.mouse.click(at.x, at.y, { delay: hold })
      const click = await times
      await waitForPrompts(page, count)
      return click
    }
    const measure = async (way: Way) => {
      const times = {
        first: [] as ClickTimes[],
        second: [] as ClickTimes[],
        peerFirst: [] as number[],
        peerSecond: [] as number[],
      }
      for (let run = -3; run < runs; run++) {
        if ((run + 3) % 10 === 0) say(`app: click ${run + 3} of ${runs + 3}, ${way.name}`)
        const [one, two] = [pointAt(), pointAt()]
        const first = await clickAt(one, way, 1)
        const peerFirst = await peer.click([[...one, 1]])
        const second = await clickAt(two, way, 2)
        const peerSecond = await peer.click([
          [...one, 1],
          [...two, 1],
        ])
        await page.keyboard.press('Escape')
        await waitForPrompts(page, 0)
        if (run < 0) continue
        times.first.push(first)
        times.second.push(second)
        times.peerFirst.push(peerFirst.total)
        times.peerSecond.push(peerSecond.total)
      }
      return times
    }
    /** Apart from the times, which a trace would add to. @returns of first and of second clicks */
    const measureTasks = async (way: Way) => {
      const { electron } = app
      if (electron === null) return { first: [], second: [] }
      say(`app: ${runs} clicks traced, ${way.name}`)
      const longest = await traceTasks(electron, join(scratch, 'trace.json'), async () => {
        for (let run = 0; run < runs; run++) {
          await clickAt(pointAt(), way, 1)
          await setTimeout(PAUSE)
          await clickAt(pointAt(), way, 2)
          await setTimeout(PAUSE)
          await page.keyboard.press('Escape')
          await waitForPrompts(page, 0)
        }
      })
      return {
        first: longest.filter((_, i) => i % 2 === 0),
        second: longest.filter((_, i) => i % 2 === 1),
      }
    }
    const rowOf = (
      what: string,
      ours: readonly ClickTimes[],
      theirs: readonly number[],
      tasks: readonly number[],
    ) => {
      const totals = ours.map(({ total }) => total)
      const p95 = percentile(totals, 0.95)
      return [
        what,
        spread(ratios(totals, theirs)),
        spread(totals),
        figure(p95),
        p95 <= LIMIT ? 'yes' : 'NO',
        spread(tasks),
        figure(Math.max(...tasks)),
        tasks.length === 0 ? '-' : Math.max(...tasks) <= MAX_BLOCKED ? 'yes' : 'NO',
      ]
    }
    const measured = []
    for (const way of ways) measured.push({ way, times: await measure(way), tasks: await measureTasks(way) })
    const unheld = measured.at(-1)!.times
    return [
      {
        title: 'Click to polygon on screen, 12 megapixels',
        head: [
          'click',
          'ours / peer',
          'ms',
          'p95',
          `p95 <= ${LIMIT}`,
          'longest task',
          'of all',
          `<= ${MAX_BLOCKED}`,
        ],
        rows: measured.flatMap(({ way, times, tasks }) => [
          rowOf(`first, ${way.name}`, times.first, times.peerFirst, tasks.first),
          rowOf(`second, ${way.name}`, times.second, times.peerSecond, tasks.second),
        ]),
        notes: [
          `${name}, ${runs} clicks at random points, embedding at hand, in turn with the peer (${peer.runtime}), which ` +
            'computes its contours and paints nothing. From the release of the button until the frame with the polygon ' +
            'was painted. The question is asked where the pointer rests, at the latest at the press; a person aims for ' +
            'some 200 ms and holds the button for 80, a tap holds nothing, a script does neither. A screen of ' +
            "60 Hz adds up to 16.7 ms. Longest task: what held the page's main thread longest without a break from a " +
            "press until the next one, by Chromium's own trace of as many other clicks; the longest of all is held " +
            'against the limit. Input goes before all other tasks: so long it may have to wait.',
        ],
      },
      stageTable('Stages of a first click, neither at rest nor held, until its first mask', unheld.first),
      stageTable('Stages of a second click, neither at rest nor held', unheld.second),
    ]
  } finally {
    peer.close()
    await app.close()
  }
}
