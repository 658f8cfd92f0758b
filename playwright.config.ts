import { defineConfig } from '@playwright/test'
import { keepCompiled } from './test/support/compile-cache.ts'

keepCompiled()

/**
 * Two shells: the desktop app and the same app in Chromium. test/support/app.ts launches them. A spec `page-*` asks about
 * the page alone, which is the same files in both: `npm test` runs it in the desktop app, a release in Chromium too.
 */
export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/support/global-setup.ts',
  outputDir: 'test-results/e2e',
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  projects: [
    { name: 'electron', metadata: { shell: 'electron' }, testIgnore: '**/web-*.spec.ts' },
    {
      name: 'chromium',
      metadata: { shell: 'web' },
      testIgnore: ['**/desktop-*.spec.ts', '**/page-*.spec.ts'],
    },
    { name: 'chromium-page', metadata: { shell: 'web' }, testMatch: '**/page-*.spec.ts' },
  ],
})
