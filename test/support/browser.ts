/** Finds the browser for tests: PLAYWRIGHT_CHROMIUM, Playwright's own, or the system's. */
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Absolute path of a Chromium; null when this machine has none. */
export const findChromium = (): string | null =>
  [process.env.PLAYWRIGHT_CHROMIUM, chromium.executablePath(), ...usual].find(
    (file): file is string => Boolean(file) && existsSync(file ?? ''),
  ) ?? null
