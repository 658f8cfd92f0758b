/** The system's own dialogs for folders and files, over the app's window. */
import { BrowserWindow, dialog, type MessageBoxOptions, type OpenDialogOptions } from 'electron'
import type { CorePorts } from '../core/ports.ts'
import type { ShellTexts } from './shell-texts.ts'

const mainWindow = () => BrowserWindow.getAllWindows().at(0)

const choose = async (options: OpenDialogOptions): Promise<string | null> => {
  const window = mainWindow()
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled ? null : (filePaths[0] ?? null)
}

const ask = async (options: MessageBoxOptions): Promise<number> => {
  const window = mainWindow()
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options))
  return response
}

/** @param texts of the language that the dialogs speak; titles and kinds of files come from the page, which speaks it too */
export const createDialogs = ({ t, heard }: ShellTexts): NonNullable<CorePorts['dialogs']> => ({
  chooseFolder: (title) => choose({ title, properties: ['openDirectory', 'createDirectory'] }),
  chooseFile: (title, kind, extensions) =>
    choose({ title, properties: ['openFile'], filters: [{ name: kind, extensions: [...extensions] }] }),
  confirm: async (question, path) =>
    (await ask({
      type: 'question',
      message: heard(question),
      detail: path,
      buttons: [t('Allow'), t('Cancel')],
      defaultId: 0,
      cancelId: 1,
    })) === 0,
})

/** Not waited for: the app is usable while the message stands. */
export const showError = (message: string, detail: string): void =>
  void dialog.showMessageBox({ type: 'error', message, detail, buttons: ['OK'] })
