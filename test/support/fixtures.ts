/**
 * Playwright's `test` for e2e specs: a fresh copy of the sample photos, an empty data folder, and `launch`, which
 * starts the shell of the running project. What a test leaves running is ended after it.
 */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { launchDesktop, launchWeb, type RunningApp } from './app.ts'
import { driveStage, type StageDriver } from './stage.ts'

export { expect } from '@playwright/test'

export const root = resolve(import.meta.dirname, '..', '..')

interface Fixtures {
  /** A copy of projects/sample that the test may change. */
  readonly photos: string
  readonly dataFolder: string
  /** Starts the app on `photos`; a second call after `close` or `kill` is a restart. */
  readonly launch: () => Promise<RunningApp>
  /** As `launch`, with an image of the sample on the stage. */
  readonly openPhoto: (name: string) => Promise<RunningApp & { readonly stage: StageDriver }>
  readonly shell: 'electron' | 'web'
  /** Keeps a picture of the page with the test's results. */
  readonly picture: (page: Page, name: string) => Promise<void>
}

export const test = base.extend<Fixtures & { temporary: string }>({
  shell: async ({}, use, testInfo) => {
    await use((testInfo.project.metadata as { shell: 'electron' | 'web' }).shell)
  },
  temporary: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'maskwright-e2e-'))
    await use(folder)
    // Processes that were killed may still be letting go of their files.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  },
  photos: async ({ temporary }, use) => {
    const folder = join(temporary, 'photos')
    await cp(join(root, 'projects', 'sample'), folder, {
      recursive: true,
      filter: (source) => !source.endsWith('.maskwright'),
    })
    await use(folder)
  },
  dataFolder: async ({ temporary }, use) => {
    const folder = join(temporary, 'data')
    await mkdir(folder)
    await use(folder)
  },
  launch: async ({ photos, dataFolder, shell }, use) => {
    const running: RunningApp[] = []
    await use(async () => {
      const app = await (shell === 'electron' ? launchDesktop : launchWeb)({ folder: photos, dataFolder })
      running.push(app)
      return app
    })
    for (const app of running) await app.kill().catch(() => undefined)
  },
  openPhoto: async ({ launch }, use) => {
    await use(async (name) => {
      const app = await launch()
      const stage = driveStage(app.page)
      await stage.openImage(name)
      return { ...app, stage }
    })
  },
  picture: async ({}, use, testInfo) => {
    await use(async (page, name) => {
      const path = testInfo.outputPath(`${name}.png`)
      await page.screenshot({ path })
      await testInfo.attach(name, { path, contentType: 'image/png' })
    })
  },
})
