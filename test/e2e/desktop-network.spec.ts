/** Nothing leaves the machine: what a script in the page would try, and who would hear of it. Only the desktop app can. */
import { createSocket } from 'node:dgram'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from '../support/fixtures.ts'

test('WebRTC, preconnects and beacons reach nobody', async ({ launch }) => {
  const heard: string[] = []
  const udp = createSocket('udp4')
  udp.on('message', () => heard.push('udp'))
  await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done))
  const tcp = createServer((socket) => {
    heard.push('tcp')
    socket.destroy()
  })
  await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done))
  try {
    const { page } = await launch()
    await expect(page.getByTestId('stage')).toBeVisible()
    const ports = { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port }
    const gathered = await page.evaluate(async ({ udp: stun, tcp: web }) => {
      for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'icon']) {
        const link = Object.assign(document.createElement('link'), { rel, href: `http://127.0.0.1:${web}/` })
        document.head.append(link)
      }
      navigator.sendBeacon(`http://127.0.0.1:${web}/`, 'secret')
      try {
        const servers = [`stun:127.0.0.1:${stun}`, `turn:127.0.0.1:${web}?transport=tcp`]
        const peer = new RTCPeerConnection({
          iceServers: [{ urls: servers[0]! }, { urls: servers[1]!, username: 'a', credential: 'b' }],
        })
        peer.createDataChannel('way out')
        const candidates: string[] = []
        const done = new Promise((resolve) => {
          peer.onicecandidate = ({ candidate }) =>
            candidate === null ? resolve(0) : candidates.push(candidate.candidate)
        })
        await peer.setLocalDescription(await peer.createOffer())
        await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 5000))])
        return candidates
      } catch (thrown) {
        return String(thrown)
      }
    }, ports)
    expect({ gathered, heard }).toEqual({ gathered: [], heard: [] })
  } finally {
    udp.close()
    tcp.close()
  }
})
