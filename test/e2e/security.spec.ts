/** What the page may not do; see docs/security.md. */
import { expect, test } from '../support/fixtures.ts'

test('the page has no Node, no eval, no foreign content, no permissions', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const seen = await page.evaluate(async () => {
    const names = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer']
    const script = document.createElement('script')
    script.textContent = 'window.inlineScriptRan = true'
    document.body.append(script)
    const image = new Image()
    const loaded = new Promise((resolve) => {
      image.onload = () => resolve('loaded')
      image.onerror = () => resolve('refused')
    })
    image.src = 'https://example.com/pixel.png'
    return {
      globals: names.filter((name) => name in window),
      inline: 'inlineScriptRan' in window,
      fetch: await fetch('https://example.com/').then(
        () => 'done',
        () => 'refused',
      ),
      image: await loaded,
      notification: await Notification.requestPermission(),
      file: (await fetch('/../../package.json')).status,
      path: (await fetch('/image/..%2f..%2fpackage.json')).ok,
    }
  })
  expect(seen).toEqual({
    globals: [],
    inline: false,
    fetch: 'refused',
    image: 'refused',
    notification: 'denied',
    file: 404,
    path: false,
  })
  // Written as text, as the linter rightly refuses such code in ours; later, as a debugger's own code may do more.
  const evaluated = `new Promise((done) =>
    setTimeout(() => { try { done(new Function('return 1')()) } catch (thrown) { done(thrown.name) } }))`
  expect(await page.evaluate(evaluated)).toBe('EvalError')
})
