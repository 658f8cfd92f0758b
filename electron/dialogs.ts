/** The system's own dialogs for folders and files, over the app's window. */
import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import type { CorePorts } from '../core/ports.ts'

const choose = async (options: OpenDialogOptions): Promise<string | null> => {
  const [window] = BrowserWindow.getAllWindows()
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled ? null : (filePaths[0] ?? null)
}

export const dialogs: NonNullable<CorePorts['dialogs']> = {
  chooseFolder: (title) => choose({ title, properties: ['openDirectory', 'createDirectory'] }),
  chooseFile: (title, kind, extensions) =>
    choose({ title, properties: ['openFile'], filters: [{ name: kind, extensions: [...extensions] }] }),
}
