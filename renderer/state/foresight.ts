/**
 * Asks for a click's mask while the button is still held: a press takes some 80 ms, a mask about as long. Owns the one
 * question that was asked ahead; when the tool asks the same, it gets that answer, else nothing is lost but a decode.
 */
import type { Size } from '../../common/geometry/point.ts'
import type { ImageId } from '../../common/model.ts'
import type { MaskAnswer, MaskQuestion } from '../tools/tool.ts'
import type { AskMasks } from './workbench-store.ts'

interface Foreseen {
  readonly imageId: ImageId
  readonly question: MaskQuestion
  readonly answer: Promise<MaskAnswer | null>
  first: MaskAnswer | null
  onFirst: ((answer: MaskAnswer) => void) | undefined
}

export interface Foresight {
  /** Asks ahead, as for a preview: it delays no prompt. */
  foresee(imageId: ImageId, size: Size, question: MaskQuestion): void
  readonly askMasks: AskMasks
}

const isSame = (a: MaskQuestion, b: MaskQuestion) =>
  a.zoom === b.zoom &&
  a.shown?.logits === b.shown?.logits &&
  JSON.stringify(a.prompts) === JSON.stringify(b.prompts)

export const createForesight = (askMasks: AskMasks): Foresight => {
  let newest: Foreseen | null = null
  return {
    foresee(imageId, size, question) {
      const onFirst = (first: MaskAnswer) => {
        mine.first = first
        mine.onFirst?.(first)
      }
      const asked = askMasks(imageId, size, { ...question, purpose: 'hover' }, onFirst)
      // Whatever went wrong is told when the question is really asked.
      const answer = asked.catch(() => null)
      const mine: Foreseen = { imageId, question, answer, first: null, onFirst: undefined }
      newest = mine
    },
    async askMasks(imageId, size, question, onFirst) {
      const mine = newest
      newest = null
      if (mine?.imageId === imageId && isSame(mine.question, question)) {
        mine.onFirst = onFirst
        if (mine.first) onFirst?.(mine.first)
        const answer = await mine.answer
        if (answer) return answer
      }
      return askMasks(imageId, size, question, onFirst)
    },
  }
}
