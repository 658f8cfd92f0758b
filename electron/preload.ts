/** The only thing the page sees of Electron: call the core, hear its events. Runs sandboxed, as one CJS bundle. */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { CALL_CHANNEL, DROP_CHANNEL, EVENT_CHANNEL } from './channels.ts'

contextBridge.exposeInMainWorld('maskwright', {
  shell: 'electron',
  request: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  /** Where a file lies that was dropped on the window; empty for one that the page made itself. */
  dropped: async (file: File): Promise<string> => {
    const path = webUtils.getPathForFile(file)
    await ipcRenderer.invoke(DROP_CHANNEL, path)
    return path
  },
  subscribe: (listener: (event: unknown) => void): (() => void) => {
    const forward = (_event: IpcRendererEvent, event: unknown) => listener(event)
    ipcRenderer.on(EVENT_CHANNEL, forward)
    return () => ipcRenderer.off(EVENT_CHANNEL, forward)
  },
})
