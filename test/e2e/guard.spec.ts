/** Pictures that Chromium decodes otherwise than the core: the stage draws the core's pixels, or says why it draws none. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'

test('a JPEG without its end is shown as it is decoded, and another frame than was told is not drawn', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const whole = readFileSync(join(photos, 'cat.jpg'))
  writeFileSync(join(photos, 'cat.jpg'), whole.subarray(0, -2))
  const { page, stage } = await openPhoto('cat.jpg')
  await expect(page.getByTestId('image-problem')).toHaveCount(0)
  await picture(page, 'without-end')

  // What a decoder of another mind would answer: coins of one pixel.
  await page.evaluate(() => {
    const asked: string[] = []
    Object.assign(window, { asked })
    const real = window.fetch.bind(window)
    const dot =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    window.fetch = (input, init) => {
      const url = typeof input === 'string' ? input : ''
      if (!url.includes('/image/')) return real(input, init)
      asked.push(url)
      if (url.includes('decoded')) return real(input, init)
      return Promise.resolve(
        new Response(
          Uint8Array.from(atob(dot), (c) => c.charCodeAt(0)),
          { status: 200 },
        ),
      )
    }
  })
  await stage.openImage('coins.png')
  await expect(page.getByTestId('image-problem')).toHaveCount(0)
  const asked = await page.evaluate(() => (window as unknown as { asked: string[] }).asked)
  expect(asked.some((url) => url.endsWith('&decoded'))).toBe(true)
  await picture(page, 'decoded')
})
