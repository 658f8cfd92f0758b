/** Remembers the window's place between runs, in a small JSON file of the data folder. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { readWindowFile, type WindowState } from './window-file.ts'

const isOnScreen = (bounds: Rectangle): boolean =>
  screen.getAllDisplays().some(({ workArea: area }) => {
    const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
    const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y)
    return width >= 200 && height >= 100
  })

/** The place of the last run; null when there is none, it is damaged, or its screen is gone. */
export const readWindowState = (file: string): WindowState | null => {
  const state = readWindowFile(file)
  return state !== null && isOnScreen(state) ? state : null
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
