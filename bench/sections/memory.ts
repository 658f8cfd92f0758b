/**
 * Memory of the inference process and the renderer: with one 12-megapixel photo, after 20 photos, after many. At rest,
 * as a user leaves it who looks at a photo, and right after the mask, while the next photos are encoded ahead.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findInferenceProcess, type RunningApp } from '../../test/support/app.ts'
import { driveStage } from '../../test/support/stage.ts'
import { buildApp, launchApp, residentOf, waitForImage, waitForPrompts } from '../app.ts'
import { copyAnew, makePhotos } from '../photos.ts'
import type { Section } from '../section.ts'
import { figure } from '../stats.ts'

const EARLY = 20
/** Bytes; issue 3's figures. */
const limits = { inference: 450e6, renderer: 350e6 } as const
const MAX_GROWTH = 1.1
/** By then the photos ahead are encoded and the inference process has given back what that took, ms. */
const REST = 9000

interface Level {
  readonly inference: number | null
  readonly renderer: number | null
}

const levelOf = async (app: RunningApp): Promise<Level> => {
  const renderer = await app.electron?.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  )
  return {
    inference: residentOf(await findInferenceProcess(app)),
    renderer: renderer === undefined ? null : residentOf(renderer),
  }
}

/** Asks Chromium for what it keeps only as long as nobody needs the memory. */
const dropPurgeable = async ({ page }: RunningApp): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Memory.simulatePressureNotification', { level: 'critical' })
  await session.detach()
  await sleep(2000)
}

export const memorySection: Section = async ({ full, images, scratch, say }) => {
  const count = Math.max(EARLY, images ?? (full ? 500 : 100))
  const folder = join(scratch, 'memory')
  const photos = join(folder, 'photos')
  mkdirSync(photos, { recursive: true })
  const { large } = await makePhotos(folder)
  for (let i = 1; i <= count; i++)
    copyAnew(large.file, join(photos, `photo-${String(i).padStart(3, '0')}.jpg`), `photo ${i}`)
  buildApp()
  const { app, name } = await launchApp({ folder: photos, dataFolder: join(folder, 'data') })
  const working = new Map<number, Level>()
  const resting = new Map<number, Level>()
  const purged = new Map<number, Level>()
  try {
    const { page } = app
    await waitForImage(page)
    const stage = driveStage(page)
    await stage.openImage('photo-001.jpg')
    for (let i = 1; i <= count; i++) {
      // The mask says that the photo was encoded; a user would go on no sooner.
      await stage.click(large.width / 2, large.height / 2)
      await waitForPrompts(page, 1)
      if ([1, EARLY, count].includes(i)) {
        working.set(i, await levelOf(app))
        await sleep(REST)
        resting.set(i, await levelOf(app))
        await dropPurgeable(app)
        purged.set(i, await levelOf(app))
      }
      if (i % 5 === 0) say(`memory: ${i} of ${count} photos`)
      if (i === count) break
      await page.keyboard.press('Escape')
      await waitForPrompts(page, 0)
      const shown = await stage.element.getAttribute('data-image')
      await page.keyboard.press('d')
      await page.locator(`[data-testid=stage]:not([data-image="${shown ?? ''}"])`).waitFor()
      await waitForImage(page)
    }
  } finally {
    await app.close()
  }
  const cell = (bytes: number | null) => (bytes === null ? '-' : figure(bytes / 1e6))
  const rowOf = (kind: keyof Level, when: string, levels: ReadonlyMap<number, Level>) => {
    const [one, early, late] = [levels.get(1)!, levels.get(EARLY)!, levels.get(count)!]
    const growth = late[kind] === null || early[kind] === null ? null : late[kind] / early[kind]
    return [
      `${kind}, ${when}`,
      cell(one[kind]),
      one[kind] === null
        ? '-'
        : `${figure(one[kind] / limits[kind])} ${one[kind] <= limits[kind] ? 'yes' : 'NO'}`,
      cell(early[kind]),
      cell(late[kind]),
      growth === null ? '-' : `${figure(growth)} ${growth <= MAX_GROWTH ? 'yes' : 'NO'}`,
    ]
  }
  return [
    {
      title: 'Memory',
      head: [
        'process',
        'one photo, MB',
        'of the limit',
        `after ${EARLY}`,
        `after ${count}`,
        `growth <= ${MAX_GROWTH}`,
      ],
      rows: [
        rowOf('inference', 'at rest', resting),
        rowOf('inference', 'after the mask', working),
        rowOf('renderer', 'at rest', resting),
        rowOf('renderer', 'when memory is short', purged),
        rowOf('renderer', 'after the mask', working),
      ],
      notes: [
        `${name}; resident memory (shared pages counted), photos of 12 megapixels with different contents, each clicked ` +
          `and left. At rest: ${REST / 1000} s later, the next photos encoded ahead. When memory is short: at ` +
          `rest, after Chromium was told so; until then it keeps decoded pictures that it may drop at any time. Limits: inference ${limits.inference / 1e6} MB, renderer ${limits.renderer / 1e6} MB.`,
      ],
    },
  ]
}
