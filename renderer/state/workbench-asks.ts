/**
 * Carries the tools' questions to the model and the answers back to the tool that asked. Owns the
 * order between images: an object that was committed before its mask was there is answered first, since the core
 * answers the latest question only and the user has left that object behind.
 */
import { toErrorReply } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { ToolEvent } from '../tools/events.ts'
import type { MaskAnswer, MaskQuestion } from '../tools/tool.ts'
import type { AskMasks } from './workbench-store.ts'

export interface Ask {
  readonly imageId: ImageId
  readonly size: Size
  readonly question: MaskQuestion
  /** Gives an answer to the tool that asked, whichever image is on screen. */
  readonly deliver: (event: ToolEvent) => void
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
  ask(ask: Ask): void
}

export const createAskLine = (ports: AskPorts): AskLine => {
  const running = new Set<Ask>()
  let held: Ask[] = []

  const outcome = async ({ imageId, size, question, deliver }: Ask): Promise<ToolEvent> => {
    const { revision } = question
    const answered = (answer: MaskAnswer): ToolEvent => ({ type: 'answered', revision, answer })
    try {
      const onFirst = (first: MaskAnswer) => deliver(answered(first))
      return answered(await ports.askMasks(imageId, size, question, onFirst))
    } catch (thrown) {
      const { code, message } = toErrorReply(thrown)
      return code === 'superseded' ? { type: 'superseded', revision } : { type: 'failed', revision, message }
    }
  }

  const run = async (ask: Ask) => {
    running.add(ask)
    const event = await outcome(ask)
    running.delete(ask)
    const { imageId, deliver } = ask
    deliver(event)
    const again = event.type === 'superseded' && (ports.isOpen(imageId) || ports.mustAnswer(imageId))
    if (again) deliver({ type: 'resume' })
    release()
  }

  const start = (ask: Ask) => {
    const others = [...running].some(
      (other) => other.imageId !== ask.imageId && ports.mustAnswer(other.imageId),
    )
    if (others) held.push(ask)
    else void run(ask)
  }

  const release = () => {
    const waiting = held.filter(({ imageId, question }) => ports.isAwaited(imageId, question.revision))
    held = []
    const [must, may] = [
      waiting.filter((ask) => ports.mustAnswer(ask.imageId)),
      waiting.filter((ask) => !ports.mustAnswer(ask.imageId)),
    ]
    must.forEach(start)
    for (const ask of may) {
      if (ports.isOpen(ask.imageId)) start(ask)
      // The user has gone on: it is asked again when the image comes back.
      else ask.deliver({ type: 'superseded', revision: ask.question.revision })
    }
  }

  return { ask: start }
}
