/**
 * The system's menu. Commands of the app live in the page's own menus and keys (renderer/actions); this one holds
 * what only the system can do, and takes no key that the page uses.
 */
import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'

export const installMenu = (window: BrowserWindow): void => {
  const mac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    mac ? { role: 'appMenu' } : { label: 'File', submenu: [{ role: 'quit' }] },
    {
      label: 'Edit',
      submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
    { label: 'View', submenu: [{ role: 'togglefullscreen' }, { role: 'toggleDevTools' }] },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  // Kept for its keys only: a bar that Alt brings up would be in the way of Alt+click.
  if (!mac) window.setMenuBarVisibility(false)
}
