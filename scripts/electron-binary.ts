/**
 * Finds an Electron binary without `import 'electron'`, whose entry starts a download when there is none.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

const binaryName =
  process.platform === 'darwin'
    ? 'Electron.app/Contents/MacOS/Electron'
    : process.platform === 'win32'
      ? 'electron.exe'
      : 'electron'

/** Absolute path of the binary, from ELECTRON_OVERRIDE_DIST_PATH or the `electron` package; null without one. */
export const findElectron = (): string | null => {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const installed = join(root, 'node_modules', 'electron')
  const pathFile = join(installed, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : binaryName
  const found = [override && join(override, binaryName), join(installed, 'dist', name)]
  return found.find((file): file is string => Boolean(file) && existsSync(file ?? '')) ?? null
}

/** Why the desktop app can't be shown here, in words; null when it can. */
export const whyNoDesktop = (): string | null => {
  if (findElectron() === null) {
    return "Electron's binary is not installed (get it with: npx install-electron)"
  }
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY)
    return 'this session has no screen (no DISPLAY)'
  return null
}

/** Chromium refuses its sandbox to root. */
export const needsNoSandbox = (): boolean => process.platform === 'linux' && process.getuid?.() === 0
