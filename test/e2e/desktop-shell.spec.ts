/** What only the desktop shell has: its bridge, its locks, its window. */
import { expect, test } from '../support/fixtures.ts'

test('the bridge: calls by name, unknown ones refused, nothing else exposed', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const seen = await page.evaluate(async () => {
    const bridge = (
      window as unknown as { maskwright: Record<string, (...input: unknown[]) => Promise<unknown>> }
    ).maskwright
    const logits = new Float32Array(3).fill(0.5)
    return {
      exposed: Object.keys(bridge).sort(),
      unknown: await bridge.request!('no.such', {}),
      inherited: await bridge.request!('toString', {}),
      bad: await bridge.request!('labels.usage', { labelId: logits }),
      made: await bridge.dropped!(new File(['cat'], '/etc/labels.txt')),
      info: await bridge.request!('app.info', {}),
    }
  })
  expect(seen.exposed).toEqual(['dropped', 'request', 'shell', 'subscribe'])
  // A file that the page made itself lies nowhere, and opens no way.
  expect(seen.made).toBe('')
  expect(seen.unknown).toMatchObject({ ok: false, error: { code: 'unknown-call' } })
  expect(seen.inherited).toMatchObject({ ok: false, error: { code: 'unknown-call' } })
  expect(seen.bad).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  expect(seen.info).toMatchObject({ ok: true, output: { shell: 'electron' } })
})

test('navigation, new windows and foreign frames are denied', async ({ launch }) => {
  const { page, electron } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const origin = new URL(page.url()).origin
  expect(await page.evaluate(() => window.open('https://example.com') === null)).toBe(true)
  await page.evaluate(() => {
    location.href = 'https://example.com/'
  })
  await page.evaluate(() => {
    location.href = '/image/1'
  })
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.src = '/'
    document.body.append(frame)
  })
  // Asked through the main process: Playwright goes on waiting for a navigation that was denied.
  const facts = await electron!.evaluate(async ({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows()
    const contents = windows[0]!.webContents as Electron.WebContents & {
      getLastWebPreferences(): Electron.WebPreferences
    }
    const stands = (await contents.executeJavaScript(
      `[location.href, document.querySelector('[data-testid="stage"]') !== null]`,
    )) as unknown
    const { sandbox, contextIsolation, nodeIntegration } = contents.getLastWebPreferences()
    return {
      windows: windows.length,
      stands,
      sandbox,
      contextIsolation,
      nodeIntegration,
      title: windows[0]!.getTitle(),
    }
  })
  expect(facts).toEqual({
    windows: 1,
    stands: [`${origin}/`, true],
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    title: 'photos – Maskwright',
  })
})

test('the window comes back where it was', async ({ launch }) => {
  const first = await launch()
  await first.electron!.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.setBounds({ x: 40, y: 30, width: 1000, height: 700 }),
  )
  await first.close()
  const second = await launch()
  const bounds = await second.electron!.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.getBounds(),
  )
  expect(bounds).toEqual({ x: 40, y: 30, width: 1000, height: 700 })
})

test('closed before its page is there, the app ends and shows no error', async ({ launch }) => {
  const app = await launch()
  const ended = new Promise<number | null>((done) => app.electron!.process().once('exit', done))
  await app.electron!.evaluate(({ app: main }) => main.quit())
  expect(await ended).toBe(0)
})

test('a page that dies is loaded again', async ({ launch }) => {
  const { page, electron } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const again = electron!.evaluate(
    ({ BrowserWindow }) =>
      new Promise((done) => {
        const { webContents } = BrowserWindow.getAllWindows()[0]!
        webContents.once('did-finish-load', () => done(webContents.getTitle()))
        webContents.forcefullyCrashRenderer()
      }),
  )
  expect(await again).toContain('Maskwright')
  await expect
    .poll(() =>
      electron!.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(
            `document.querySelector('[data-testid="stage"]') !== null`,
          ) as Promise<boolean>,
      ),
    )
    .toBe(true)
})
