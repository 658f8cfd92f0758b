/** The real app for the bench: the desktop app where Electron is, else Chromium on the web shell. */
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { findElectron } from '../scripts/electron-binary.ts'
import { launchDesktop, launchWeb, type LaunchOptions, type RunningApp } from '../test/support/app.ts'
import { hasScreen } from '../test/support/screen.ts'

const root = resolve(import.meta.dirname, '..')

export interface BenchedApp {
  readonly app: RunningApp
  /** Says which shell it is. */
  readonly name: string
}

/** Builds what changed and starts the app. */
export const launchApp = async (options: LaunchOptions): Promise<BenchedApp> => {
  if (findElectron() === null || !hasScreen()) {
    return { app: await launchWeb(options), name: 'Chromium on the web shell (no Electron here)' }
  }
  const app = await launchDesktop(options)
  const version = await app.electron!.evaluate(() => process.versions.electron)
  return { app, name: `Electron ${version}` }
}

export const buildApp = (): void => {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.ts')], { cwd: root, stdio: 'ignore' })
}

const PATIENCE = 120_000

/** Waits until an image's pixels are on the stage. */
export const waitForImage = async (page: Page): Promise<void> => {
  await page
    .locator('[data-testid=stage][data-loading=false]:not([data-image=""])')
    .waitFor({ timeout: PATIENCE })
}

/** Waits until the mask of `prompts` prompts is shown, or none when it is 0. */
export const waitForPrompts = async (page: Page, prompts: number): Promise<void> => {
  const state = prompts === 0 ? '' : '[data-status=ready]'
  await page.locator(`[data-testid=stage][data-prompts="${prompts}"]${state}`).waitFor({ timeout: PATIENCE })
}

/** Resident memory of a process, bytes; null where `ps` does not tell. */
export const residentOf = (pid: number): number | null => {
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024
  } catch {
    return null
  }
}
