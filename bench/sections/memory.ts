/**
 * Memory of the inference process and the renderer: with one 12-megapixel photo, after 20 photos, after many. At rest,
 * as a user leaves it who looks at a photo, and right after the mask, while the next photos are encoded ahead.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findInferenceProcess, type LaunchOptions, type RunningApp } from '../../test/support/app.ts'
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

interface Levels {
  /** Right after the mask, at rest, and after Chromium was told that memory is short; by how many photos were seen. */
  readonly working: Map<number, Level>
  readonly resting: Map<number, Level>
  readonly purged: Map<number, Level>
}

/**
 * Opens a folder of `count` photos and clicks in the middle of each, the first to the last.
 * @param at after how many photos levels are taken
 */
const lookThrough = async (
  options: LaunchOptions,
  count: number,
  at: readonly number[],
  middle: readonly [number, number],
  say: (message: string) => void,
): Promise<Levels & { readonly name: string }> => {
  const { app, name } = await launchApp(options)
  const levels: Levels = { working: new Map(), resting: new Map(), purged: new Map() }
  try {
    const { page } = app
    await waitForImage(page)
    const stage = driveStage(page)
    await stage.openImage('photo-001.jpg')
    for (let i = 1; i <= count; i++) {
      // The mask says that the photo was encoded; a user would go on no sooner.
      await stage.click(...middle)
      await waitForPrompts(page, 1)
      if (at.includes(i)) {
        levels.working.set(i, await levelOf(app))
        await sleep(REST)
        levels.resting.set(i, await levelOf(app))
        await dropPurgeable(app)
        levels.purged.set(i, await levelOf(app))
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
  return { ...levels, name }
}

export const memorySection: Section = async ({ full, images, scratch, say }) => {
  const count = Math.max(EARLY, images ?? (full ? 500 : 100))
  const folder = join(scratch, 'memory')
  const { large } = await makePhotos(folder)
  const folderOf = (photos: number): LaunchOptions => {
    const named = join(folder, `photos-${photos}`)
    mkdirSync(named, { recursive: true })
    for (let i = 1; i <= photos; i++)
      copyAnew(large.file, join(named, `photo-${String(i).padStart(3, '0')}.jpg`), `photo ${i}`)
    return { folder: named, dataFolder: join(folder, `data-${photos}`) }
  }
  buildApp()
  const middle = [large.width / 2, large.height / 2] as const
  const one = await lookThrough(folderOf(1), 1, [1], middle, say)
  const many = await lookThrough(folderOf(count), count, [EARLY, count], middle, say)
  const cell = (bytes: number | null) => (bytes === null ? '-' : figure(bytes / 1e6))
  const rowOf = (kind: keyof Level, when: string, levels: keyof Levels) => {
    const alone = one[levels].get(1)![kind]
    const [early, late] = [many[levels].get(EARLY)!, many[levels].get(count)!]
    const growth = late[kind] === null || early[kind] === null ? null : late[kind] / early[kind]
    return [
      `${kind}, ${when}`,
      cell(alone),
      alone === null ? '-' : `${figure(alone / limits[kind])} ${alone <= limits[kind] ? 'yes' : 'NO'}`,
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
        rowOf('inference', 'at rest', 'resting'),
        rowOf('inference', 'after the mask', 'working'),
        rowOf('renderer', 'at rest', 'resting'),
        rowOf('renderer', 'when memory is short', 'purged'),
        rowOf('renderer', 'after the mask', 'working'),
      ],
      notes: [
        `${one.name}; resident memory (shared pages counted), photos of 12 megapixels with different contents, each ` +
          `clicked and left. One photo: a folder with no other; of the others the next ones are encoded ahead, also while ` +
          `the mask is shown. At rest: ${REST / 1000} s later. When memory is short: at ` +
          `rest, after Chromium was told so; until then it keeps decoded pictures that it may drop at any time. Limits: inference ${limits.inference / 1e6} MB, renderer ${limits.renderer / 1e6} MB.`,
      ],
    },
  ]
}
