/** Gives the window's page a size, as a user does by dragging the window's corner. */
import { expect } from '@playwright/test'
import type { RunningApp } from './app.ts'

/** @param width CSS pixels of the page @param height likewise */
export const resizeWindow = async (
  { page, electron }: Pick<RunningApp, 'page' | 'electron'>,
  width: number,
  height: number,
): Promise<void> => {
  await electron?.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
    [width, height] as const,
  )
  if (!electron) await page.setViewportSize({ width, height })
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width)
}
