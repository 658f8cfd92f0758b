/** The process that infers may end at any moment: the click that waits is answered all the same. */
import { findInferenceProcess } from '../support/app.ts'
import { driveStage } from '../support/stage.ts'
import { expect, test } from '../support/fixtures.ts'

test('a kill in mid-click: the click is answered, the app says what happened', async ({
  launch,
  picture,
}) => {
  const app = await launch()
  const stage = driveStage(app.page)
  await stage.openImage('rocket.jpg')
  const first = await findInferenceProcess(app)
  // The image is still being encoded: the click waits, and its process ends under it.
  await stage.click(320, 300)
  process.kill(first, 'SIGKILL')
  await stage.waitForMask(1)
  expect(await findInferenceProcess(app)).not.toBe(first)
  await picture(app.page, 'after-kill')

  await app.page.keyboard.press('5')
  await stage.waitForObjects(1)
  process.kill(await findInferenceProcess(app), 'SIGKILL')
  await stage.click(100, 100)
  await stage.waitForMask(1)
  expect(app.problems).toEqual([])
})
