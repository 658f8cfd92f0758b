/**
 * The system's menu. Commands of the app live in the page's own menus and keys (renderer/actions); this one holds
 * what only the system can do, and takes no key that the page uses.
 */
import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import type { ShellTexts } from './shell-texts.ts'

/** Electron's own names of these are English, whatever the system speaks. */
const ofMac = ({ t }: ShellTexts): MenuItemConstructorOptions => ({
  role: 'appMenu',
  submenu: [
    { role: 'about', label: t('About {app}', { app: 'Maskwright' }) },
    { type: 'separator' },
    { role: 'services', label: t('Services') },
    { type: 'separator' },
    { role: 'hide', label: t('Hide {app}', { app: 'Maskwright' }) },
    { role: 'hideOthers', label: t('Hide others') },
    { role: 'unhide', label: t('Show all windows') },
    { type: 'separator' },
    { role: 'quit', label: t('Quit {app}', { app: 'Maskwright' }) },
  ],
})

const windowOfMac = ({ t }: ShellTexts): MenuItemConstructorOptions => ({
  role: 'windowMenu',
  label: t('Window'),
  submenu: [
    { role: 'minimize', label: t('Minimize') },
    { role: 'zoom', label: t('Zoom') },
    { type: 'separator' },
    { role: 'front', label: t('Bring to front') },
  ],
})

/** Called again when the language is another one. */
export const installMenu = (window: BrowserWindow, texts: ShellTexts): void => {
  const { t } = texts
  const mac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    mac ? ofMac(texts) : { label: t('File'), submenu: [{ role: 'quit', label: t('Quit') }] },
    {
      label: t('Edit'),
      submenu: [
        { role: 'cut', label: t('Cut') },
        { role: 'copy', label: t('Copy') },
        { role: 'paste', label: t('Paste') },
        { role: 'selectAll', label: t('Select all') },
      ],
    },
    {
      label: t('View'),
      submenu: [
        { role: 'togglefullscreen', label: t('Full screen') },
        { role: 'toggleDevTools', label: t('Developer tools') },
      ],
    },
    ...(mac ? [windowOfMac(texts)] : []),
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  // Kept for its keys only: a bar that Alt brings up would be in the way of Alt+click.
  if (!mac) window.setMenuBarVisibility(false)
}
