/** The IPC transport, main side: one channel for calls, one for events. Only our own page's main frame is answered. */
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import { ipcMain } from 'electron'
import type { AppEvent } from '../common/contract.ts'
import type { Reply } from '../common/rpc.ts'
import type { Core } from '../core/core.ts'
import { textOfApplied } from '../core/store/applied-text.ts'
import { CALL_CHANNEL, DROP_CHANNEL, EVENT_CHANNEL, PAGE_ORIGIN } from './channels.ts'

const refusal: Reply = {
  ok: false,
  error: { code: 'bad-input', message: 'Refused: this frame is not the app.' },
}

/** True for the main frame of `window` while it shows our own page. */
const isOurPage = (event: IpcMainInvokeEvent, window: BrowserWindow): boolean => {
  const frame = event.senderFrame
  if (!frame || window.isDestroyed() || event.sender !== window.webContents) return false
  return frame === window.webContents.mainFrame && frame.url.startsWith(`${PAGE_ORIGIN}/`)
}

/**
 * What goes to the page. An edit may hold thousands of outlines: as text they pass the wire and the bridge of the preload
 * script at once, as lists of lists both would copy them point by point.
 */
const wireOf = (event: AppEvent): unknown =>
  event.name === 'edit.applied' ? textOfApplied(event.payload) : event

/** Connects a window with the core; returns a function that ends it. */
export const serveIpc = (
  window: BrowserWindow,
  core: Pick<Core, 'dispatchForPage' | 'grantToPage' | 'subscribe'>,
): (() => void) => {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) =>
    isOurPage(event, window) ? core.dispatchForPage(name, input) : refusal,
  )
  // Sent by the preload alone, with the place of a file that the system handed over: a page has no such files of its own.
  ipcMain.handle(DROP_CHANNEL, (event, path: unknown) => {
    if (isOurPage(event, window) && typeof path === 'string' && path !== '') core.grantToPage(path)
  })
  const unsubscribe = core.subscribe((event) => {
    if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, wireOf(event))
  })
  return () => {
    unsubscribe()
    ipcMain.removeHandler(CALL_CHANNEL)
    ipcMain.removeHandler(DROP_CHANNEL)
  }
}
