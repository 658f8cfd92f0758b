/** What the page may never do: leave, open windows, ask for permissions, host other pages, reach a network. */
import type { App, Session, WebContents } from 'electron'
import { PAGE_ORIGIN } from './channels.ts'

const page = `${PAGE_ORIGIN}/`

const denyNavigation = (contents: WebContents): void => {
  contents.on('will-frame-navigate', (event) => {
    if (event.url !== page || !event.isMainFrame) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // about:blank is committed without asking anyone. Its frame is answered nothing (ipc.ts); the page comes back.
  contents.on('did-navigate', (_event, url) => {
    if (url !== page && url !== '') void contents.loadURL(page)
  })
}

/**
 * The page's own address is answered inside the process (image-protocol.ts). Whatever goes another way, as WebRTC and
 * preconnects do, would have to use a proxy, and there is none at that address; nor are names looked up for it.
 */
const denyNetwork = (session: Session): void => {
  void session.setProxy({ mode: 'fixed_servers', proxyRules: '127.0.0.1:9', proxyBypassRules: '<-loopback>' })
}

/** Chromium would fetch a dictionary for its spell checker from Google at the first start. */
const denySpelling = (session: Session): void => {
  session.setSpellCheckerLanguages([])
  session.setSpellCheckerEnabled(false)
}

/** Copy in a menu writes text to the clipboard, which Chromium allows after a click or a key alone. */
const COPYING = 'clipboard-sanitized-write'

/** All but that one; reading the clipboard is left to the paste event, which the user makes. */
const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(permission === COPYING))
  session.setPermissionCheckHandler((_contents, permission) => permission === COPYING)
  session.setDevicePermissionHandler(() => false)
  // What the page has made itself (a chart, a table): the system's dialog asks the user where it goes.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault()
  })
}

/** Must run before the first window is made. */
export const lockPages = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents)
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
  app.on('session-created', (session) => {
    denyPermissions(session)
    denyNetwork(session)
    denySpelling(session)
  })
}
