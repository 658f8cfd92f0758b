/** What the search for a newer version makes of a server's answers. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findUpdate } from '../../../core/updates.ts'

let server: Server
let address: string
const PAGE = 'https://example.org/releases/v0.10.0'
const answers: Record<string, [status: number, body: string]> = {
  '/newer': [200, JSON.stringify({ tag_name: 'v0.10.0', html_url: PAGE, body: 'more' })],
  '/same': [200, JSON.stringify({ tag_name: 'v0.9.1', html_url: PAGE })],
  '/older': [200, JSON.stringify({ tag_name: '0.9.0', html_url: PAGE })],
  '/missing': [404, '{}'],
  '/words': [200, 'Welcome!'],
  '/script': [200, JSON.stringify({ tag_name: 'v1.0.0', html_url: 'javascript:alert(1)' })],
  '/endless': [200, `"${'a'.repeat(2e6)}"`],
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ''] ?? [500, '']
    response.writeHead(status).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

describe('the search for a newer version', () => {
  it('tells a newer one, where it is, and that there is none', async () => {
    expect(await findUpdate(`${address}/newer`, '0.9.1')).toEqual({
      state: 'newer',
      version: '0.9.1',
      newest: '0.10.0',
      page: PAGE,
    })
    expect(await findUpdate(`${address}/same`, '0.9.1')).toEqual({ state: 'newest', version: '0.9.1' })
    expect(await findUpdate(`${address}/older`, '0.9.1')).toEqual({ state: 'newest', version: '0.9.1' })
  })
  it('asks nobody where a build has no address', async () => {
    expect(await findUpdate(undefined, '0.9.1')).toEqual({ state: 'unknown', version: '0.9.1' })
  })
  it.each(['/missing', '/words', '/script', '/endless'])('refuses the answer of %s', async (path) => {
    await expect(findUpdate(address + path, '0.9.1')).rejects.toMatchObject({ code: 'download-failed' })
  })
  it('says when there is no connection', async () => {
    await expect(findUpdate('http://127.0.0.1:1/', '0.9.1')).rejects.toMatchObject({ code: 'offline' })
  })
})
