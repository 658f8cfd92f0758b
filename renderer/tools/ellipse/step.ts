/** The ellipse tool: drag the box around an ellipse, Shift for a circle. What is made is a polygon. */
import { ellipseIn } from '../../../common/geometry/ellipse.ts'
import { createBoxStep } from '../box-drag.ts'

export const step = createBoxStep(ellipseIn)
