/** What only the web shell has: a printed address, a session, a server that may go away. */
import { expect, test } from '../support/fixtures.ts'

test('the token leaves the address bar, a reload stays in, a stranger stays out', async ({ launch }) => {
  const { page, url } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  expect(page.url()).not.toContain('token')
  await page.reload()
  await expect(page.getByTestId('stage')).toBeVisible()

  const origin = new URL(url!).origin
  const stranger = await page.context().browser()!.newPage()
  await stranger.goto(origin)
  await expect(stranger.getByTestId('connection-banner')).toBeVisible()
  expect((await stranger.request.get(`${origin}/image/1`)).status()).toBe(401)
})

test('a server that ends is told, and the page does not freeze', async ({ launch, picture }) => {
  const app = await launch()
  await expect(app.page.getByTestId('stage')).toBeVisible()
  process.kill(app.pid, 'SIGKILL')
  await expect(app.page.getByTestId('connection-banner')).toBeVisible()
  await picture(app.page, 'disconnected')
})
