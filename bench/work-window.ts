/** The window of a project of 100,000 images: how fast its list follows an edit, in the real app. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { buildApp, launchApp, waitForImage } from './app.ts'
import { makeProjectFolder } from './make-project.ts'
import { makePhotos } from './photos.ts'
import type { BenchContext, Table } from './section.ts'
import { figure, median, spread } from './stats.ts'
import { watchList } from './watch-list.ts'

const IMAGES = 100_000
const OBJECTS = 1_000_000
/** Until the list and its counts have followed an edit, ms. */
const LIMIT = 100
const PATIENCE = 120_000
/** After this time the list does not follow any more, ms. */
const GIVE_UP = 10_000
/** Until nothing more is drawn after a step, ms. */
const REST = 700

const orders = ['Last change', 'Objects', 'Lowest score'] as const

/** From a key: what is looked for in the list, and how a table calls it. */
const waits = {
  Delete: ['counts', 'the count of its row, from Delete'],
  d: ['order', 'the list in its order, from D'],
  'Shift+M': ['order', 'the list in its order, from Shift+M'],
} as const
type Key = keyof typeof waits

/** Deletes all objects of an image and goes on to the next, several times in each order. */
export const measureWindow = async ({ full, scratch, say }: BenchContext): Promise<Table> => {
  const runs = full ? 12 : 5
  const folder = join(scratch, 'work-window')
  const dataFolder = join(scratch, 'work-window-data')
  mkdirSync(dataFolder)
  const { large } = await makePhotos(join(scratch, 'work-photos'))
  say(`work: a folder of ${IMAGES} images`)
  makeProjectFolder(folder, large.file, IMAGES, OBJECTS)
  buildApp()
  const { app, name } = await launchApp({ folder, dataFolder })
  try {
    const { page } = app
    const { keyboard } = page
    await waitForImage(page)
    const settle = async () => {
      await page.locator('[data-testid=stage][data-loading=false]').waitFor({ timeout: PATIENCE })
      await setTimeout(REST)
      await page.locator('[data-testid=status-inference][data-state=idle]').waitFor({ timeout: PATIENCE })
    }
    /** @returns ms until the list has followed the key */
    const follow = async (key: Key): Promise<number> => {
      const [what] = waits[key]
      await page.evaluate(watchList, what)
      await keyboard.press(key)
      const followed = page.evaluate(() => window.benchList!)
      const late = setTimeout(GIVE_UP, null, { ref: false })
      const time = await Promise.race([followed, late])
      if (time === null) throw new Error(`The list has not followed ${key} (${what}).`)
      return time
    }
    let number = 1000
    const measure = async (order: string) => {
      say(`work: the list after an edit, by ${order.toLowerCase()}`)
      await settle()
      await page.getByTestId('image-sort').click()
      await page.getByRole('menuitemradio', { name: order }).click()
      const times: Record<Key, number[]> = { Delete: [], d: [], 'Shift+M': [] }
      for (let run = 0; run < 2 * runs; run++) {
        // An image without objects has none to delete.
        for (let found = 0; found === 0; number += 1517) {
          await settle()
          await keyboard.press('Control+g')
          await page.getByTestId('jump-field').fill(String(number))
          await keyboard.press('Enter')
          await settle()
          found = Number(await page.getByTestId('stage').getAttribute('data-annotations'))
        }
        const done = page.getByTestId('done-chip')
        if ((await done.getAttribute('aria-pressed')) === 'true') await done.click()
        await keyboard.press('Control+a')
        await settle()
        times.Delete.push(await follow('Delete'))
        await settle()
        const on = run % 2 === 0 ? 'd' : 'Shift+M'
        times[on].push(await follow(on))
      }
      return times
    }
    const rows: string[][] = []
    for (const order of orders) {
      const measured = await measure(order)
      for (const key of Object.keys(waits) as Key[]) {
        const times = measured[key]
        rows.push([
          order.toLowerCase(),
          waits[key][1],
          spread(times.map((time) => time / LIMIT)),
          spread(times),
          figure(Math.max(...times)),
          median(times) <= LIMIT ? 'yes' : 'NO',
        ])
      }
    }
    return {
      title: 'The window of a large project after an edit',
      head: ['sorted by', 'what follows', `of the limit of ${LIMIT} ms`, 'ms', 'most', 'within'],
      rows,
      notes: [
        `${name}, ${IMAGES} images of 12 megapixels, ${OBJECTS} objects; all objects of an image deleted, then on to the next, ` +
          `${runs} times by D and ${runs} times by Shift+M, which marks it as done before. From the key until the frame is painted: what the core stores and sorts, the way there and back, the ` +
          'panels; the next image is opened meanwhile. The list keeps its rows where they are until the next step.',
      ],
    }
  } finally {
    await app.close()
  }
}
