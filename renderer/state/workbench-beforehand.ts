/**
 * What is asked of the model before there is a click: the preview that the user has switched on, and the question that
 * the click would ask. Owns when each of them is of use.
 */
import type { Size } from '../../common/geometry/point.ts'
import type { ImageId } from '../../common/model.ts'
import type { ToolEvent } from '../tools/events.ts'
import type { MaskAnswer, MaskQuestion } from '../tools/tool.ts'
import { createForesight } from './foresight.ts'
import { createHover, type HoverPorts } from './workbench-hover.ts'
import { clickPoint, createRest, isAtHand } from './workbench-rest.ts'
import type { AskMasks } from './workbench-store.ts'

export interface BeforehandPorts extends HoverPorts {
  /** To the tool in hand. */
  send(event: ToolEvent): void
}

export interface Beforehand {
  /** The pointer, the tool, the model or the settings changed. */
  update(): void
  /** What was asked ahead is no longer what a click would be answered: other model, picture or settings. */
  forget(): void
  /** The masks that the preview has for a question. */
  answerFor(imageId: ImageId, question: MaskQuestion): MaskAnswer | null
  foresee(imageId: ImageId, size: Size, question: MaskQuestion, pressed: boolean): void
  /** For a click: takes what was asked ahead when it is the same. */
  readonly askMasks: AskMasks
  close(): void
}

export const createBeforehand = (ports: BeforehandPorts): Beforehand => {
  const hover = createHover(ports)
  const foresight = createForesight(ports.askMasks)
  const rest = createRest({
    wanted() {
      const state = ports.read()
      const isPreviewed = state.draft === null && ports.getSettings()?.hoverPreview === true
      return isPreviewed ? null : clickPoint(state)
    },
    onRest: (point) => ports.send({ type: 'rest', point }),
  })
  return {
    update() {
      hover.update()
      rest.update()
    },
    forget: () => foresight.forget(),
    answerFor: (imageId, question) => hover.answerFor(imageId, question),
    foresee(imageId, size, question, pressed) {
      if (isAtHand(ports.read(), imageId) && !hover.answerFor(imageId, question))
        foresight.foresee(imageId, size, question, pressed)
    },
    askMasks: foresight.askMasks,
    close() {
      hover.close()
      rest.close()
    },
  }
}
