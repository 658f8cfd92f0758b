/** Objects for a test that needs some and asks no model. */
import type { StageDriver } from './stage.ts'

/** Rectangles by hand, 60 px wide, in a row. */
export const drawRow = async (stage: StageDriver, count: number) => {
  await stage.element.page().keyboard.press('r')
  for (let i = 0; i < count; i += 1) {
    await stage.drag(60 + 90 * i, 100, 120 + 90 * i, 160)
    await stage.waitForObjects(i + 1)
  }
  await stage.element.page().keyboard.press('v')
}
