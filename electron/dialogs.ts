/** The system's own dialogs for folders and files, over the app's window. */
import { BrowserWindow, dialog, type MessageBoxOptions, type OpenDialogOptions } from 'electron'
import type { CorePorts } from '../core/ports.ts'

const mainWindow = () => BrowserWindow.getAllWindows().at(0)

const choose = async (options: OpenDialogOptions): Promise<string | null> => {
  const window = mainWindow()
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled ? null : (filePaths[0] ?? null)
}

const confirm = async (question: string, path: string): Promise<boolean> => {
  const options: MessageBoxOptions = {
    type: 'question',
    message: question,
    detail: path,
    buttons: ['Allow', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  }
  const window = mainWindow()
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options))
  return response === 0
}

export const dialogs: NonNullable<CorePorts['dialogs']> = {
  chooseFolder: (title) => choose({ title, properties: ['openDirectory', 'createDirectory'] }),
  chooseFile: (title, kind, extensions) =>
    choose({ title, properties: ['openFile'], filters: [{ name: kind, extensions: [...extensions] }] }),
  confirm,
}
