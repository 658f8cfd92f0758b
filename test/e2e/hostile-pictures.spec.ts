/** Pictures made to do harm, in a folder that somebody else has given: the app goes on, and says what they are. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { cyclicGif, pngOf, vastFrameGif } from '../support/hostile-pictures.ts'

test('pictures made to do harm are named in the list; all others are shown and clicked as ever', async ({
  launch,
  photos,
  picture,
}) => {
  await writeFile(join(photos, 'a-circle.gif'), cyclicGif())
  await writeFile(join(photos, 'a-frame.gif'), vastFrameGif())
  await writeFile(join(photos, 'a-large.png'), pngOf({ width: 60_000, height: 60_000, depth: 8, color: 2 }))
  const { page } = await launch()
  const rowOf = (name: string) => page.getByTestId('image-row').filter({ hasText: name })
  await rowOf('a-large.png').click()
  await expect(page.getByText('3,600 megapixels')).toBeVisible()
  await rowOf('astronaut.jpg').click()
  await expect(page.getByTestId('statusbar')).toContainText('512 × 512')
  await expect(rowOf('astronaut.jpg').locator('.thumb canvas')).toBeVisible()
  // The decode is ended after 15 seconds.
  await expect(rowOf('a-circle.gif')).toHaveAttribute('data-problem', '', { timeout: 60_000 })
  await expect(rowOf('a-frame.gif')).toHaveAttribute('data-problem', '')
  await rowOf('a-circle.gif').click()
  await expect(page.getByText(/Decoding this picture was ended/)).toBeVisible()
  await picture(page, 'hostile')
})
