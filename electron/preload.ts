/** The only thing the page sees of Electron: call the core, hear its events. Runs sandboxed, as one CJS bundle. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels.ts'

contextBridge.exposeInMainWorld('maskwright', {
  shell: 'electron',
  request: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  subscribe: (listener: (event: unknown) => void): (() => void) => {
    const forward = (_event: IpcRendererEvent, event: unknown) => listener(event)
    ipcRenderer.on(EVENT_CHANNEL, forward)
    return () => ipcRenderer.off(EVENT_CHANNEL, forward)
  },
})
