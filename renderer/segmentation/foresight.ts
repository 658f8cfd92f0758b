/**
 * Asks for a click's mask before the click: where the pointer rests, and at the latest while the button is held, which
 * takes some 80 ms, a mask about as long. Owns the one question that was asked ahead, for a click or for a preview; when
 * a tool asks the same, it gets that answer, else nothing is lost but a decode.
 */
import type { MaskQuestion } from '../../common/segmentation.ts'
import type { AskMasks, MaskAnswer, OnFirst } from './question.ts'

/** Where a decode takes longer, ms, a resting pointer asks for none: a click elsewhere might have to wait for it. */
const QUICK_MS = 150

interface Foreseen {
  readonly question: MaskQuestion
  /** Null when it failed. */
  answer: Promise<MaskAnswer | null>
  /** There is a click, or the button is down: the candidates beside the first are wanted too. */
  readonly want: () => void
  first: MaskAnswer | null
  whole: MaskAnswer | null
  onFirst: OnFirst | undefined
}

export interface Foresight {
  /**
   * Asks ahead; it delays no prompt.
   * @param pressed the click has begun; else the pointer rests there, and the candidates beside the first can wait
   */
  foresee(question: MaskQuestion, pressed: boolean): void
  /** For a preview: all candidates, none of which delays a prompt. Null when it failed. */
  readonly lookAhead: (question: MaskQuestion, onFirst: OnFirst) => Promise<MaskAnswer | null>
  /** The whole answer, when that question was asked ahead and is answered already. */
  atHand(question: MaskQuestion): MaskAnswer | null
  /** What the answer was made of has changed: the model, the picture or the settings. */
  forget(): void
  /** For a click: takes what was asked ahead when it is the same. */
  readonly askMasks: AskMasks
}

const nothing = Promise.resolve(null)

const isSame = (a: MaskQuestion, b: MaskQuestion) =>
  a.imageId === b.imageId &&
  a.zoom === b.zoom &&
  a.maskInput === b.maskInput &&
  JSON.stringify(a.prompts) === JSON.stringify(b.prompts)

export const createForesight = (askMasks: AskMasks): Foresight => {
  let newest: Foreseen | null = null
  /** How long the last decode took, ms. */
  let took = 0

  const timed: AskMasks = async (question, onFirst) => {
    const note = ({ decodeMs }: MaskAnswer) => (took = decodeMs ?? took)
    const answer = await askMasks(question, (first) => {
      note(first)
      return onFirst?.(first)
    })
    note(answer)
    return answer
  }

  const known = (question: MaskQuestion) => (newest && isSame(newest.question, question) ? newest : null)

  const ask = (question: MaskQuestion): Foreseen => {
    let want: () => void = () => undefined
    const wanted = new Promise<void>((resolve) => (want = resolve))
    const onFirst = (first: MaskAnswer) => {
      mine.first = first
      void mine.onFirst?.(first)
      return wanted
    }
    const mine: Foreseen = { question, want, answer: nothing, first: null, whole: null, onFirst: undefined }
    const whole = async () => {
      try {
        return (mine.whole = await timed({ ...question, purpose: 'hover' }, onFirst))
      } catch {
        // The user learns what went wrong when the question is really asked.
        if (newest === mine) newest = null
        return null
      }
    }
    mine.answer = whole()
    newest = mine
    return mine
  }

  const take = (mine: Foreseen, onFirst: OnFirst | undefined) => {
    mine.onFirst = onFirst
    if (mine.first) void onFirst?.(mine.first)
    mine.want()
    return mine.answer
  }

  return {
    foresee(question, pressed) {
      const asked = known(question)
      if (!asked && !pressed && took > QUICK_MS) return
      const mine = asked ?? ask(question)
      if (pressed) mine.want()
    },
    lookAhead: (question, onFirst) => take(known(question) ?? ask(question), onFirst),
    atHand: (question) => known(question)?.whole ?? null,
    forget() {
      newest = null
    },
    async askMasks(question, onFirst) {
      const mine = known(question)
      newest = null
      const answer = mine && (await take(mine, onFirst))
      return answer ?? timed(question, onFirst)
    },
  }
}
