/** What the page may never do: leave, open windows, ask for permissions, host other pages. */
import { type App, type BrowserWindow } from 'electron'
import { pageOrigin } from './channels.ts'

const denyNavigation = (contents: BrowserWindow['webContents']): void => {
  contents.on('will-navigate', (event) => {
    if (event.url !== `${pageOrigin}/`) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Must run before the first window is made. */
export const lockPages = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => denyNavigation(contents))
  app.on('session-created', (session) => {
    session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
    session.setPermissionCheckHandler(() => false)
    session.setDevicePermissionHandler(() => false)
    session.on('will-download', (event) => event.preventDefault())
  })
}
