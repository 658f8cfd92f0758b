/**
 * Carries the tools' questions to the model and the answers back to the tool that asked. Owns the order between images:
 * an object that was committed before its mask was there is answered first, since the core answers the latest question
 * only and the user has left that object behind.
 */
import { toErrorReply } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import type { MaskQuestion } from '../../common/segmentation.ts'
import type { AskMasks, MaskAnswer, MaskEvent } from './question.ts'

/** Is given what becomes of a question, whichever image is on screen then. */
export type Deliver = (event: MaskEvent) => void

interface Ask {
  readonly question: MaskQuestion
  readonly deliver: Deliver
}

export interface AskPorts {
  readonly askMasks: AskMasks
  /** True when the image's mask must come whatever the user does next. */
  mustAnswer(imageId: ImageId): boolean
  isOpen(imageId: ImageId): boolean
  /** True when a tool still waits for that revision. */
  isAwaited(imageId: ImageId, revision: number): boolean
}

export interface AskLine {
  ask(question: MaskQuestion, deliver: Deliver): void
}

export const createAskLine = (ports: AskPorts): AskLine => {
  const running = new Set<Ask>()
  let held: Ask[] = []

  const outcome = async ({ question, deliver }: Ask): Promise<MaskEvent> => {
    const { revision } = question
    const answered = (answer: MaskAnswer): MaskEvent => ({ type: 'answered', revision, answer })
    try {
      return answered(await ports.askMasks(question, (first) => deliver(answered(first))))
    } catch (thrown) {
      const { code, message } = toErrorReply(thrown)
      return code === 'superseded' ? { type: 'superseded', revision } : { type: 'failed', revision, message }
    }
  }

  const run = async (ask: Ask) => {
    running.add(ask)
    const event = await outcome(ask)
    running.delete(ask)
    const { deliver, question } = ask
    const { imageId } = question
    deliver(event)
    const again = event.type === 'superseded' && (ports.isOpen(imageId) || ports.mustAnswer(imageId))
    if (again) deliver({ type: 'resume' })
    release()
  }

  const start = (ask: Ask) => {
    const { imageId } = ask.question
    const others = [...running].some(
      ({ question }) => question.imageId !== imageId && ports.mustAnswer(question.imageId),
    )
    if (others) held.push(ask)
    else void run(ask)
  }

  const release = () => {
    const waiting = held.filter(({ question }) => ports.isAwaited(question.imageId, question.revision))
    held = []
    const [must, may] = [
      waiting.filter(({ question }) => ports.mustAnswer(question.imageId)),
      waiting.filter(({ question }) => !ports.mustAnswer(question.imageId)),
    ]
    must.forEach(start)
    for (const ask of may) {
      const { imageId, revision } = ask.question
      if (ports.isOpen(imageId)) start(ask)
      // The user has gone on: it is asked again when the image comes back.
      else ask.deliver({ type: 'superseded', revision })
    }
  }

  return { ask: (question, deliver) => start({ question, deliver }) }
}
