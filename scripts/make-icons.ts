/**
 * Draws the icon's files anew from packaging/icon.svg, with Chromium: PNGs for Linux, an .ico for Windows and an .icns
 * for macOS. Run it after a change of the drawing: `node scripts/make-icons.ts`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from '../test/support/browser.ts'
import { needsNoSandbox } from './electron-binary.ts'

const folder = resolve(import.meta.dirname, '..', 'packaging')
const sizes = [16, 32, 48, 64, 128, 256, 512, 1024]

const drawAll = async (): Promise<Map<number, Buffer>> => {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('There is no Chromium on this machine.')
  const browser = await chromium.launch({ executablePath, args: needsNoSandbox() ? ['--no-sandbox'] : [] })
  const svg = readFileSync(join(folder, 'icon.svg'), 'utf8')
  const drawn = new Map<number, Buffer>()
  try {
    const page = await browser.newPage()
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size })
      await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`)
      drawn.set(size, await page.screenshot({ omitBackground: true }))
    }
  } finally {
    await browser.close()
  }
  return drawn
}

/** ICONDIR, ICONDIRENTRY: https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10); PNGs as Vista takes them. */
const icoOf = (images: readonly (readonly [size: number, png: Buffer])[]): Buffer => {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  for (const [index, [size, png]] of images.entries()) {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...images.map(([, png]) => png)])
}

/** Apple's icon container: 'icns', its length, then for each picture a type, a length and a PNG. */
const icnsOf = (images: readonly (readonly [type: string, png: Buffer])[]): Buffer => {
  const block = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(8 + data.length, 4)
    return Buffer.concat([head, data])
  }
  return block('icns', Buffer.concat(images.map(([type, png]) => block(type, png))))
}

const drawn = await drawAll()
const png = (size: number) => drawn.get(size)!
mkdirSync(join(folder, 'icons'), { recursive: true })
for (const size of [16, 32, 48, 64, 128, 256, 512])
  writeFileSync(join(folder, 'icons', `${size}x${size}.png`), png(size))
writeFileSync(join(folder, 'icon.ico'), icoOf([16, 32, 48, 64, 128, 256].map((size) => [size, png(size)])))
writeFileSync(
  join(folder, 'icon.icns'),
  icnsOf([
    ['ic07', png(128)],
    ['ic08', png(256)],
    ['ic09', png(512)],
    ['ic10', png(1024)],
  ]),
)
