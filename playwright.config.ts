import { defineConfig } from '@playwright/test'
import { keepCompiled } from './test/support/compile-cache.ts'

keepCompiled()

// One spec, two shells: the desktop app and the same app in Chromium. test/support/app.ts launches them.
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
    { name: 'chromium', metadata: { shell: 'web' }, testIgnore: '**/desktop-*.spec.ts' },
  ],
})
