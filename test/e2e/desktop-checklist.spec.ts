/**
 * Electron's security checklist (https://www.electronjs.org/docs/latest/tutorial/security), held against the app as it
 * runs; docs/security.md has the table. The numbers are the checklist's.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, root, test } from '../support/fixtures.ts'

type Preferences = Electron.WebPreferences & Record<string, unknown>

test('1 to 14, 18, 20: what the window is, and what its page may not do', async ({ launch }) => {
  const { page, electron } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const facts = await electron!.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents as Electron.WebContents & {
      getLastWebPreferences(): Electron.WebPreferences
    }
    return { preferences: contents.getLastWebPreferences(), url: contents.getURL() }
  })
  const preferences = facts.preferences as Preferences
  // 1 and 18: a secure origin that no network and no file answers.
  expect(facts.url).toBe('https://maskwright.localhost/')
  // 2, 3, 4, 6, 8, 9, 11
  expect(preferences).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  })
  // 10
  expect(preferences.enableBlinkFeatures ?? '').toBe('')

  const seen = await page.evaluate(async () => {
    const ask = (name: string) =>
      navigator.permissions.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        () => 'refused',
      )
    const frame = document.createElement('webview')
    document.body.append(frame)
    return {
      permissions: await Promise.all(['geolocation', 'notifications', 'camera', 'clipboard-read'].map(ask)),
      policy: (await fetch('/')).headers.get('content-security-policy'),
      insecure: await fetch('http://127.0.0.1:9/').then(
        () => 'loaded',
        () => 'refused',
      ),
      webview: 'loadURL' in frame,
      opened: ['https://example.com', 'about:blank', '/'].map((address) => window.open(address)),
      bridge: Object.keys((window as unknown as { maskwright: object }).maskwright).sort(),
    }
  })
  // 5, 7, 12, 14, 20
  expect(seen).toEqual({
    permissions: ['denied', 'denied', 'denied', 'denied'],
    policy: expect.stringMatching(/^default-src 'none'; script-src 'self';/) as unknown,
    insecure: 'refused',
    webview: false,
    opened: [null, null, null],
    bridge: ['dropped', 'request', 'shell', 'subscribe'],
  })
})

test('13: every way out leads back to the page', async ({ launch }) => {
  const { page, electron } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const ways = [
    `location.href = 'about:blank'`,
    `location.href = URL.createObjectURL(new Blob(['<p>blob'], { type: 'text/html' }))`,
    `location.href = 'data:text/html,<p>data'`,
    `location.href = 'https://example.com/'`,
    `location.href = 'file:///etc/hostname'`,
    `location.href = '/image/1'`,
  ]
  for (const way of ways) {
    // Asked through the main process: Playwright goes on waiting for a navigation that was denied. A question to a page
    // that is being left is never answered.
    const ask = (code: string) =>
      electron!.evaluate(
        ({ BrowserWindow }, script) =>
          Promise.race([
            BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(script) as Promise<unknown>,
            new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), 2000)),
          ]),
        code,
      )
    await expect(() => ask(`setTimeout(() => { ${way} }, 0); 0`)).toPass()
    const stands = `[location.href, document.querySelector('[data-testid="stage"]') !== null]`
    await new Promise((done) => setTimeout(done, 500))
    await expect
      .poll(() => ask(stands).catch(() => 'between two pages'), way)
      .toEqual(['https://maskwright.localhost/', true])
  }
})

test('17: a page in any other window is answered nothing', async ({ launch }) => {
  const { page, electron } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const answered = await electron!.evaluate(async ({ BrowserWindow, app }) => {
    const preload = `${app.getAppPath()}/out/preload/preload.cjs`
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await other.loadURL('https://maskwright.localhost/')
    const reply = (await other.webContents.executeJavaScript(`maskwright.request('app.info', {})`)) as unknown
    other.destroy()
    return reply
  })
  expect(answered).toMatchObject({ ok: false, error: { message: 'Refused: this frame is not the app.' } })
})

test('15, 16: nothing is opened outside by address, and the version of Electron is an exact one', () => {
  const folder = join(root, 'electron')
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  expect(sources.length).toBeGreaterThan(5)
  for (const name of sources)
    expect(readFileSync(join(folder, name), 'utf8'), name).not.toContain('openExternal')
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  expect(manifest.devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/)
})
