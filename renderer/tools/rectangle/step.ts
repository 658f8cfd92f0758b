/** The rectangle tool: drag a rectangle by hand, Shift for a square. */
import type { Rectangle } from '../../../common/model.ts'
import { createBoxStep } from '../box-drag.ts'

/** The box itself. */
export const asDrawn = (box: Rectangle): Rectangle => box

export const step = createBoxStep(asDrawn)
