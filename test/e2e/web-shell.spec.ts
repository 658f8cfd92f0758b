/** What only the web shell has: a printed address, a session, a server that may go away. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'

const pictureOf = (page: Page): Promise<string> =>
  page
    .getByTestId('image-row')
    .first()
    .evaluate(
      (row) =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .find((name) => name.includes(`/thumb/${row.getAttribute('data-image-id') ?? ''}`)) ?? '',
    )

test('the address opens one page; a reload stays in, a stranger and a thief of the address stay out', async ({
  launch,
}) => {
  const { page, url } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  expect(page.url()).not.toContain('token')
  await page.reload()
  await expect(page.getByTestId('stage')).toBeVisible()
  await expect.poll(() => pictureOf(page)).toMatch(/\/[\w-]{43}\/thumb\//)
  expect((await page.request.get(await pictureOf(page))).status()).toBe(200)

  const origin = new URL(url!).origin
  const stranger = await page.context().browser()!.newPage()
  for (const address of [origin, url!]) {
    await stranger.goto('about:blank')
    await stranger.goto(address)
    await expect(stranger.getByTestId('connection-banner')).toContainText('Open the newest address')
    await expect(stranger.getByTestId('image-row')).toHaveCount(0)
  }
  expect((await stranger.request.get(`${origin}/image/1`)).status()).toBe(401)
})

test('another server on 127.0.0.1 that the same browser visits is told nothing and gets nothing', async ({
  launch,
}) => {
  const { page, url } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const { origin } = new URL(url!)
  const held = await page.evaluate(() => sessionStorage.getItem('maskwright-session') ?? '')
  const { secret, pictures } = JSON.parse(held) as { secret: string; pictures: string }
  expect([secret.length, pictures.length]).toEqual([43, 43])

  const told: string[] = []
  const thief = createServer((request: IncomingMessage, response) => {
    told.push([request.url, ...request.rawHeaders].join(' '))
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>thief</title>')
  })
  await new Promise<void>((done) => thief.listen(0, '127.0.0.1', done))
  try {
    const tab = await page.context().newPage()
    await tab.goto(`http://127.0.0.1:${(thief.address() as AddressInfo).port}/`)
    const got = await tab.evaluate(
      async ({ server, token }) => {
        const status = (path: string, init?: RequestInit) =>
          fetch(`${server}${path}`, init).then(
            (answer) => answer.type,
            () => 'refused',
          )
        const picture = new Image()
        const shown = new Promise((done) => {
          picture.onload = () => done('shown')
          picture.onerror = () => done('refused')
        })
        picture.src = `${server}/image/1`
        const socket = new WebSocket(`${server.replace('http', 'ws')}/socket`, ['maskwright'])
        const opened = new Promise((done) => {
          socket.onopen = () => done('open')
          socket.onerror = () => done('refused')
        })
        return {
          storage: sessionStorage.length + localStorage.length,
          cookie: document.cookie,
          session: await status('/session', { credentials: 'include' }),
          token: await status('/session', { method: 'POST', body: token }),
          picture: await shown,
          socket: await opened,
        }
      },
      { server: origin, token: new URL(url!).hash.slice('#token='.length) },
    )
    expect(got).toEqual({
      storage: 0,
      cookie: '',
      session: 'refused',
      token: 'refused',
      picture: 'refused',
      socket: 'refused',
    })
    expect(await page.context().cookies()).toEqual([])
    expect(told.length).toBeGreaterThan(0)
    for (const request of told) {
      expect(request.toLowerCase()).not.toContain('cookie')
      for (const name of [secret, pictures, new URL(url!).hash]) expect(request).not.toContain(name)
    }
  } finally {
    thief.close()
  }
})

test('a server that ends is told, and the page does not freeze', async ({ launch, picture }) => {
  const app = await launch()
  await expect(app.page.getByTestId('stage')).toBeVisible()
  process.kill(app.pid, 'SIGKILL')
  await expect(app.page.getByTestId('connection-banner')).toBeVisible()
  await picture(app.page, 'disconnected')
})
