/** The one window: sandboxed, shown when it has something to show; the page's title names it. */
import { BrowserWindow } from 'electron'
import { PAGE_ORIGIN } from './channels.ts'
import { readWindowState, rememberWindowState } from './window-state.ts'

export interface WindowFiles {
  /** The bundled preload script. */
  readonly preload: string
  /** Where the window's place is kept. */
  readonly state: string
  /** The interface scale that it opens with: nothing is seen of another one. */
  readonly scale: number
}

export const createWindow = (files: WindowFiles): BrowserWindow => {
  const { maximized, ...bounds } = readWindowState(files.state) ?? {
    width: 1360,
    height: 860,
    maximized: false,
  }
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Maskwright',
    backgroundColor: '#1b1d21',
    webPreferences: {
      preload: files.preload,
      zoomFactor: files.scale,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // A wheel or a decode in the background must not wait for a timer that sleeps.
      backgroundThrottling: false,
    },
  })
  if (maximized) window.maximize()
  rememberWindowState(window, files.state)
  window.once('ready-to-show', () => window.show())
  // What is committed is on disk, so a page that died is simply shown again.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    console.error(`The page ended (${reason}); it is loaded again.`)
    if (reason !== 'clean-exit' && !window.isDestroyed()) void window.loadURL(`${PAGE_ORIGIN}/`)
  })
  return window
}
