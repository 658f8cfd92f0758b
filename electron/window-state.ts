/** Remembers the window's place between runs, in a small JSON file of the data folder. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { z } from 'zod'
import { readSmallTextSync } from '../core/files/small-file.ts'

const windowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400),
  height: z.int().min(300),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowStateSchema>

const isOnScreen = (bounds: Rectangle): boolean =>
  screen.getAllDisplays().some(({ workArea: area }) => {
    const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
    const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y)
    return width >= 200 && height >= 100
  })

/** The place of the last run; null when there is none, it is damaged, or its screen is gone. */
export const readWindowState = (file: string): WindowState | null => {
  try {
    const state = windowStateSchema.parse(JSON.parse(readSmallTextSync(file, { limit: 1e6 })))
    return isOnScreen(state) ? state : null
  } catch {
    return null
  }
}

export const rememberWindowState = (window: BrowserWindow, file: string): void => {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, JSON.stringify(state))
    } catch (thrown) {
      console.error('The window place was not kept:', thrown)
    }
  })
}
