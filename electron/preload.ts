/** The only thing the page sees of Electron: call the core, hear its events. Runs sandboxed, as one CJS bundle. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { callChannel, eventChannel } from './channels.ts'

contextBridge.exposeInMainWorld('maskwright', {
  shell: 'electron',
  request: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel, name, input),
  subscribe: (listener: (event: unknown) => void): (() => void) => {
    const forward = (_event: IpcRendererEvent, event: unknown) => listener(event)
    ipcRenderer.on(eventChannel, forward)
    return () => ipcRenderer.off(eventChannel, forward)
  },
})
