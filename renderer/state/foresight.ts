/**
 * Asks for a click's mask before the click: where the pointer rests, and at the latest while the button is held, which
 * takes some 80 ms, a mask about as long. Owns the one question that was asked ahead; when the tool asks the same, it
 * gets that answer, else nothing is lost but a decode.
 */
import type { Size } from '../../common/geometry/point.ts'
import type { ImageId } from '../../common/model.ts'
import type { MaskAnswer, MaskQuestion } from '../tools/tool.ts'
import type { AskMasks } from './workbench-store.ts'

/** Where a decode takes longer, ms, a resting pointer asks for none: a click elsewhere might have to wait for it. */
const QUICK = 150

interface Foreseen {
  readonly imageId: ImageId
  readonly question: MaskQuestion
  readonly answer: Promise<MaskAnswer | null>
  /** There is a click, or all but: the masks beside the first are wanted too. */
  readonly want: () => void
  first: MaskAnswer | null
  onFirst: Parameters<AskMasks>[3]
}

export interface Foresight {
  /**
   * Asks ahead, as for a preview: it delays no prompt.
   * @param pressed the click has begun; else the pointer rests there, and the masks beside the first can wait
   */
  foresee(imageId: ImageId, size: Size, question: MaskQuestion, pressed: boolean): void
  /** What the answer was made of has changed: the model, the picture or the settings. */
  forget(): void
  readonly askMasks: AskMasks
}

const isSame = (a: MaskQuestion, b: MaskQuestion) =>
  a.zoom === b.zoom &&
  a.shown?.logits === b.shown?.logits &&
  JSON.stringify(a.prompts) === JSON.stringify(b.prompts)

export const createForesight = (askMasks: AskMasks): Foresight => {
  let newest: Foreseen | null = null
  /** How long the last decode took, ms. */
  let took = 0

  const timed: AskMasks = async (imageId, size, question, onFirst) => {
    const note = ({ decodeMs }: MaskAnswer) => (took = decodeMs ?? took)
    const answer = await askMasks(imageId, size, question, (first) => {
      note(first)
      return onFirst?.(first)
    })
    note(answer)
    return answer
  }

  const known = (imageId: ImageId, question: MaskQuestion) =>
    newest?.imageId === imageId && isSame(newest.question, question) ? newest : null

  return {
    foresee(imageId, size, question, pressed) {
      const asked = known(imageId, question)
      if (asked) {
        if (pressed) asked.want()
        return
      }
      if (!pressed && took > QUICK) return
      let want: () => void = () => undefined
      const wanted = new Promise<void>((resolve) => (want = resolve))
      if (pressed) want()
      const onFirst = (first: MaskAnswer) => {
        mine.first = first
        void mine.onFirst?.(first)
        return wanted
      }
      // Whatever went wrong is told when the question is really asked.
      const answer = timed(imageId, size, { ...question, purpose: 'hover' }, onFirst).catch(() => {
        if (newest === mine) newest = null
        return null
      })
      const mine: Foreseen = { imageId, question, answer, want, first: null, onFirst: undefined }
      newest = mine
    },
    forget() {
      newest = null
    },
    async askMasks(imageId, size, question, onFirst) {
      const mine = known(imageId, question)
      newest = null
      if (mine) {
        mine.onFirst = onFirst
        if (mine.first) void onFirst?.(mine.first)
        mine.want()
        const answer = await mine.answer
        if (answer) return answer
      }
      return timed(imageId, size, question, onFirst)
    },
  }
}
