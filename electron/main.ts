/** The desktop shell: supplies the core with Electron's parts, opens the one window, ends both in order. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, session, shell } from 'electron'
import type { CallOutput } from '../common/contract.ts'
import type { Settings } from '../common/contract/settings.ts'
import { createCore } from '../core/core.ts'
import { createPage } from '../core/shell/page.ts'
import { dataFolderOf, ffmpegOf, modelFoldersOf } from '../core/shell/places.ts'
import { PAGE_ORIGIN } from './channels.ts'
import { createDialogs, showError } from './dialogs.ts'
import { folderOfArguments, taskOfArguments } from './folder-argument.ts'
import { servePage } from './image-protocol.ts'
import { startDecoderProcess, startInferenceProcess } from './child-process.ts'
import { serveIpc } from './ipc.ts'
import { lockPages } from './locks.ts'
import { installMenu } from './menu.ts'
import { createShellTexts, type ShellTexts } from './shell-texts.ts'
import { createWindow } from './window.ts'
import { messageOf } from '../common/errors.ts'

const root = app.getAppPath()
const out = join(root, 'out')
/** In the package models and sample photos lie beside the archive. */
const resources = app.isPackaged ? process.resourcesPath : root
const dataFolder = dataFolderOf(process.env)
// Chromium's own files; the single-instance lock lies there too.
app.setPath('userData', join(dataFolder, 'electron'))

/** The address in package.json that tells the newest release; see CONTRIBUTING.md. */
const releasesOf = (folder: string) =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { releases?: string }).releases

/** Says why it did not start, in the system's language once that is known. */
let startTexts: ShellTexts | null = null

const run = async (): Promise<void> => {
  // macOS names a folder by an event, for a start of the app before it is ready.
  let asked: string | null = null
  let whenAsked = (folder: string) => void (asked = folder)
  app.on('open-file', (event, folder) => {
    event.preventDefault()
    whenAsked(folder)
  })
  await app.whenReady()
  let onLanguage = (): void => undefined
  const texts = createShellTexts(app.getPreferredSystemLanguages(), () => onLanguage())
  startTexts = texts
  const { t } = texts
  await texts.follow('system')
  const core = createCore({
    version: app.getVersion(),
    releases: releasesOf(root),
    shell: 'electron',
    dataFolder,
    modelFolders: modelFoldersOf(resources, dataFolder),
    ffmpeg: ffmpegOf(process.env),
    sampleFolder: app.isPackaged ? join(resources, 'sample') : join(root, 'projects', 'sample'),
    startInferenceProcess: () => startInferenceProcess(join(out, 'main', 'inference-host.js')),
    startDecoderProcess: () => startDecoderProcess(join(out, 'main', 'decoder-host.js')),
    dialogs: createDialogs(texts),
    revealFolder: async (folder) => {
      const problem = await shell.openPath(folder)
      if (problem !== '') throw new Error(problem)
    },
  })
  /** @returns why it was not opened; null when it was, or when the window shows what can be done about its project */
  const openFolder = async (folder: string): Promise<string | null> => {
    const reply = await core.dispatch('project.open', { folder })
    if (reply.ok || reply.error.damage !== undefined || reply.error.held !== undefined) return null
    return reply.error.message
  }
  /** In the folder that is open. */
  const openTask = async (file: string | null) => {
    const reply = file === null ? null : await core.dispatch('tasks.open', { from: 'file', file })
    if (reply === null || reply.ok) return
    showError(t('The task was not opened'), texts.heard(reply.error.message))
  }
  const openAnother = async (folder: string | null) => {
    const reason = folder === null ? null : await openFolder(folder)
    if (folder === null || reason === null) return
    showError(t('The folder was not opened'), `${folder}\n\n${texts.heard(reason)}`)
  }

  /** The last one that was open, unless it is gone. */
  const lastFolder = async (): Promise<string | null> => {
    const reply = await core.dispatch('project.recent', {})
    const [last] = reply.ok ? (reply.output as CallOutput<'project.recent'>).recent : []
    return last?.isThere === true ? last.folder : null
  }

  servePage(session.defaultSession, createPage(join(out, 'renderer'), core))
  const settings = await core.dispatch('settings.get', {})
  if (settings.ok) await texts.follow((settings.output as Settings).language)
  const window = createWindow({
    preload: join(out, 'preload', 'preload.cjs'),
    state: join(dataFolder, 'window.json'),
    scale: settings.ok ? (settings.output as Settings).scale : 1,
  })
  const applyScale = (scale: number) => {
    if (!window.isDestroyed() && window.webContents.getZoomFactor() !== scale)
      window.webContents.setZoomFactor(scale)
  }
  core.subscribe((event) => {
    if (event.name !== 'settings.changed') return
    applyScale(event.payload.scale)
    void texts.follow(event.payload.language)
  })
  onLanguage = () => installMenu(window, texts)
  onLanguage()
  serveIpc(window, core)
  app.on('second-instance', (_event, argv, workingFolder) => {
    if (window.isMinimized()) window.restore()
    window.focus()
    const task = taskOfArguments(argv, workingFolder)
    void openAnother(folderOfArguments(argv, workingFolder, app.isPackaged)).then(() => openTask(task))
  })

  const closing = new AbortController()
  // A window that closes while its page loads breaks the load off: the user left, nothing failed.
  const leaving = new AbortController()
  window.once('close', () => leaving.abort())
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (closing.signal.aborted) return
    event.preventDefault()
    // The page may still wait for an object's mask; it closes the window itself, and that ends the app.
    if (!window.isDestroyed()) {
      window.close()
      return
    }
    closing.abort()
    void core.close().finally(() => app.quit())
  })

  const named = folderOfArguments(process.argv, process.cwd(), app.isPackaged) ?? asked
  whenAsked = (folder) => void openAnother(folder)
  const folder = named ?? (await lastFolder())
  // When it can't be opened, the welcome page says why.
  if (folder !== null) await openFolder(folder)
  await openTask(taskOfArguments(process.argv, process.cwd()))
  // The user may have left before the folder was read.
  if (leaving.signal.aborted || window.isDestroyed()) return
  await window.loadURL(`${PAGE_ORIGIN}/`).catch((thrown: unknown) => {
    if (!leaving.signal.aborted) throw thrown
  })
}

lockPages(app)
if (app.requestSingleInstanceLock()) {
  run().catch((thrown: unknown) => {
    console.error(thrown)
    const { t, heard } = startTexts ?? createShellTexts([], () => undefined)
    dialog.showErrorBox(t('Maskwright could not start'), heard(messageOf(thrown)))
    app.exit(1)
  })
} else {
  app.quit()
}
