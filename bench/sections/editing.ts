/** The speed of the hand: what pans, drags, strokes and clicks cost the page among many objects, held against limits. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { launchWeb } from '../../test/support/app.ts'
import { createRandom } from '../../test/support/random.ts'
import { driveStage } from '../../test/support/stage.ts'
import { buildApp, waitForImage } from '../app.ts'
import { makeObjects, objectsOn, type Wanted } from '../../test/support/make-objects.ts'
import { booleanTimes, OF_BOOLEANS } from '../boolean-times.ts'
import { openFloor } from '../hand-floor.ts'
import { copyAnew, makePhotos } from '../photos.ts'
import { traceProcessor } from '../processor-time.ts'
import type { Section } from '../section.ts'
import { figure, median } from '../stats.ts'
import { watchNext, watchOpening } from '../watch-hand.ts'

/** Each is measured so often, and the median of the medians is told. */
const ROUNDS = 3
const OBJECTS = 500
const MANY = 5000
const VERTICES = 100
const PATIENCE = 120_000

/** Milliseconds. */
interface Measured {
  readonly what: string
  /** Null for what only the others are judged by. */
  readonly limit: number | null
  /** A median a round. */
  readonly rounds: readonly number[]
  /** Of the processor, the median of a round that was traced; null where it was not. */
  readonly processor: number | null
}

type Place = [x: number, y: number]

const ringNearMiddle = (wanted: Wanted, { width, height }: { width: number; height: number }) => {
  const far = (ring: readonly (readonly [number, number])[]) =>
    Math.hypot(ring[0]![0] - width / 2, ring[0]![1] - height / 2)
  return objectsOn(1, { width, height }, wanted)
    .flatMap(({ shape }) => (shape.type === 'polygon' ? [shape.parts[0]!.outer] : []))
    .reduce((near, ring) => (far(ring) < far(near) ? ring : near))
}

/** Image pixels. */
const objectNearMiddle = (wanted: Wanted, size: { width: number; height: number }): Place => {
  const ring = ringNearMiddle(wanted, size)
  const mean = (at: 0 | 1) => ring.reduce((sum, vertex) => sum + vertex[at], 0) / ring.length
  return [mean(0), mean(1)]
}
const vertexNearMiddle = (wanted: Wanted, size: { width: number; height: number }): Place => [
  ...ringNearMiddle(wanted, size)[0]!,
]

const rowOf = ({ what, limit, rounds, processor }: Measured): string[] => [
  what,
  limit === null ? '-' : figure(median(rounds) / limit),
  figure(median(rounds)),
  `${figure(Math.min(...rounds))} - ${figure(Math.max(...rounds))}`,
  processor === null ? '-' : figure(processor),
  limit === null ? '-' : `${limit}`,
  limit === null ? '-' : median(rounds) <= limit ? 'yes' : 'NO',
]

export const editingSection: Section = async ({ full, scratch, say }) => {
  const samples = full ? 60 : 24
  const folder = join(scratch, 'editing')
  const data = join(scratch, 'editing-data')
  mkdirSync(data)
  const { large } = await makePhotos(join(scratch, 'made'))
  mkdirSync(folder)
  const names = ['a-500.jpg', 'b-500.jpg', 'c-5000.jpg'] as const
  for (const name of names) copyAnew(large.file, join(folder, name), name)
  say('editing: making the objects')
  const wanted = names.map((photo, at): Wanted => ({
    photo,
    count: at < 2 ? OBJECTS : MANY,
    vertices: VERTICES,
  }))
  await makeObjects(folder, data, large, wanted)
  buildApp()
  const app = await launchWeb({ folder, dataFolder: data })
  try {
    const { page } = app
    const { mouse, keyboard } = page
    const stage = driveStage(page)
    await waitForImage(page)
    const settle = async () => {
      await page.locator('[data-testid=status-inference][data-state=idle]').waitFor({ timeout: PATIENCE })
      await setTimeout(300)
    }
    /** What the next event of the type costs, which `act` brings about. */
    const cost = async (type: string, act: () => Promise<void>) => {
      await page.evaluate(watchNext, type)
      await act()
      return page.evaluate(() => window.benchHand!)
    }
    const box = (await stage.element.boundingBox())!
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const measure = async (
      what: string,
      limit: number | null,
      round: () => Promise<number[]>,
      traced: Page | null = page,
    ): Promise<Measured> => {
      const rounds: number[] = []
      for (let at = 0; at < ROUNDS; at++) {
        say(`editing: ${what}, ${at + 1} of ${ROUNDS}`)
        rounds.push(median(await round()))
      }
      const processor = traced && median(await traceProcessor(traced, round))
      const ofProcessor = processor === null ? '' : `, ${figure(processor)} of the processor`
      say(`editing: ${what}: ${rounds.map(figure).join(', ')} ms${ofProcessor}`)
      return { what, limit, rounds, processor }
    }
    /** Moves with a button held, there and back. */
    const dragged = async (button: 'left' | 'middle', from: { x: number; y: number }, step: number) => {
      await mouse.move(from.x, from.y)
      await mouse.down({ button })
      await mouse.move(from.x + 6, from.y + 6)
      const times: number[] = []
      for (let at = 0; at < samples; at++) {
        const way = at % 12 < 6 ? at % 12 : 12 - (at % 12)
        times.push(
          await cost('pointermove', () => mouse.move(from.x + 6 + (way + 1) * step, from.y + 6 + way * step)),
        )
      }
      await mouse.up({ button })
      return times
    }
    const pan = () => dragged('middle', middle, 7)

    const floor = await openFloor(page.context(), box)
    const leastOf = async () => {
      const times: number[] = []
      for (let at = 0; at < samples; at++) {
        await floor.mouse.move(100 + at, 100)
        await setTimeout(30)
        await floor.evaluate(watchNext, 'pointerdown')
        await floor.mouse.down()
        times.push(await floor.evaluate(() => window.benchHand!))
        await floor.mouse.up()
      }
      return times
    }
    const least = await measure('a page with one picture and one rectangle', null, leastOf, floor)
    await floor.close()
    await page.bringToFront()

    await stage.openImage(names[0])
    await settle()
    const results: Measured[] = [least]
    await keyboard.press('v')

    results.push(
      await measure(`select one of ${OBJECTS}`, 5, async () => {
        const times: number[] = []
        const random = createRandom(7)
        for (let at = 0; at < samples; at++) {
          const place = {
            x: middle.x + (random() - 0.5) * box.width * 0.5,
            y: middle.y + (random() - 0.5) * box.height * 0.5,
          }
          await mouse.move(place.x, place.y)
          await setTimeout(30)
          times.push(await cost('pointerdown', () => mouse.down()))
          await mouse.up()
        }
        await keyboard.press('Escape')
        return times
      }),
    )
    results.push(
      await measure(`move over ${OBJECTS}`, 5, async () => {
        const times: number[] = []
        for (let at = 0; at < samples; at++)
          times.push(
            await cost('pointermove', () => mouse.move(middle.x - 100 + at * 9, middle.y - 60 + at * 5)),
          )
        return times
      }),
    )
    await keyboard.press('+')
    results.push(await measure(`pan, all ${OBJECTS} in sight`, 16, pan))

    // One in the middle, so near that its vertices can be taken.
    await keyboard.press('0')
    await keyboard.press('+')
    await keyboard.press('+')
    const onIt = await stage.screenOf(...objectNearMiddle(wanted[0]!, large))
    await mouse.click(onIt.x, onIt.y)
    results.push(
      await measure('drag a vertex, at 156 %', 5, async () => {
        const at = await stage.screenOf(...vertexNearMiddle(wanted[0]!, large))
        return dragged('left', at, 2)
      }),
    )
    await keyboard.press('f')
    await keyboard.press('b')
    results.push(await measure('brush, onto one of them', 8, () => dragged('left', middle, 7)))
    await keyboard.press('v')
    await keyboard.press('Escape')

    results.push(
      await measure(
        'open the next image',
        300,
        async () => {
          const times: number[] = []
          for (let at = 0; at < 4; at++) {
            await settle()
            const key = at % 2 === 0 ? 'd' : 'a'
            await page.evaluate(watchOpening)
            await keyboard.press(key)
            times.push(await page.evaluate(() => window.benchOpened!))
          }
          return times
        },
        null,
      ),
    )

    await page.getByTestId('image-row').filter({ hasText: names[2] }).click()
    await page
      .locator(`[data-testid=stage][data-annotations="${MANY}"][data-loading=false]`)
      .waitFor({ timeout: PATIENCE })
    await settle()
    await keyboard.press('f')
    await keyboard.press('+')
    results.push(await measure(`pan, all ${MANY} in sight`, 50, pan))
    results.push(
      await measure(`zoom, ${MANY} objects`, 50, async () => {
        const times: number[] = []
        await mouse.move(middle.x, middle.y)
        for (let at = 0; at < samples; at++)
          times.push(await cost('wheel', () => mouse.wheel(0, at % 2 === 0 ? 40 : -40)))
        return times
      }),
    )

    say('editing: booleans')
    results.push({
      what: `boolean of two objects of ${OF_BOOLEANS.toLocaleString('en')} vertices`,
      limit: 10,
      rounds: Array.from({ length: ROUNDS }, () => median(booleanTimes(samples))),
      processor: null,
    })
    return [
      {
        title: 'The hand, 12 megapixels',
        head: ['what', 'of the limit', 'ms', 'spread', 'processor, ms', 'limit, ms', 'within'],
        rows: results.map(rowOf),
        notes: [
          `Chromium without a GPU on the web shell, ${OBJECTS} objects of ${VERTICES} vertices but where it says ${MANY}. ` +
            `Medians of ${ROUNDS} rounds, each the median of ${samples} events; spread: the least and the largest of the ` +
            "rounds. What an event costs the page's own thread: its task with all listeners, and the frame that follows " +
            'with its painting; processor: the same in processor time, by a trace of one more round, which other work on the ' +
            'machine hardly changes. The first row is the least that any page would cost here. Opening: from the key until the frame with picture and objects is painted. Boolean: join, ' +
            'subtraction and intersection.',
        ],
      },
    ]
  } finally {
    await app.close()
  }
}
