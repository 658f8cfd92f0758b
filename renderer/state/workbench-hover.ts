/**
 * The preview of the mask under the resting pointer. Owns when it is asked for: one question at a time, the newest
 * place wins, never while the image is encoded or an object is in the making. Adds nothing to the prompts.
 */
import type { ImagePoint } from '../../common/geometry/point.ts'
import { pointInShape } from '../../common/geometry/hit.ts'
import type { ImageId, PointPrompt } from '../../common/model.ts'
import { previewPolygon } from '../tools/mask-draft.ts'
import { sizeOf } from '../tools/stage-view.ts'
import type { MaskAnswer, MaskQuestion } from '../tools/tool.ts'
import { clickPoint, createRest, isSamePoint } from './workbench-rest.ts'
import type { AskMasks, Preview, WorkbenchPorts, WorkbenchStore } from './workbench-store.ts'

export interface HoverPorts extends Pick<WorkbenchPorts, 'getSettings'> {
  readonly askMasks: AskMasks
  read(): WorkbenchStore
  show(preview: Preview | null): void
}

export interface Hover {
  /** The pointer, the tool, the model or the settings changed. */
  update(): void
  /** The preview's masks, when the question is one click at the very place it was made for. */
  answerFor(imageId: ImageId, question: MaskQuestion): MaskAnswer | null
  close(): void
}

export const createHover = (ports: HoverPorts): Hover => {
  let asking = false
  /** What a click at the very place of the pointer is answered with; a press ends the preview but not this. */
  let made: Preview | null = null

  /** Where a preview is wanted now; null where none is. */
  const wantedPoint = (): ImagePoint | null => {
    const state = ports.read()
    const { draft, committing } = state
    const isWanted = ports.getSettings()?.hoverPreview === true && draft === null && committing === 0
    return isWanted ? clickPoint(state) : null
  }

  const ask = async (point: ImagePoint) => {
    const { image } = ports.read()
    const size = sizeOf(image)
    if (!image || !size) return
    const prompt: PointPrompt = { type: 'point', x: point.x, y: point.y, positive: true }
    asking = true
    try {
      const question = { revision: 0, prompts: [prompt], shown: null, zoom: false, purpose: 'hover' } as const
      const show = (answer: MaskAnswer, all: boolean) => {
        const wanted = wantedPoint()
        if (!wanted || !isSamePoint(wanted, point) || ports.read().image?.id !== image.id) return
        const preview = { imageId: image.id, point, answer }
        // A click is answered with all that is offered, or asks anew.
        if (all) made = preview
        ports.show(preview)
      }
      show(await ports.askMasks(image.id, size, question, (first) => show(first, false)), true)
    } catch {
      // A preview that does not come is not missed: a click asks again and tells what is wrong.
    } finally {
      asking = false
      // Where the pointer came to rest meanwhile.
      const next = rested
      rested = null
      const wanted = wantedPoint()
      if (next && wanted && isSamePoint(next, wanted)) void ask(next)
    }
  }

  /** The newest place of rest while a question was open. */
  let rested: ImagePoint | null = null
  const rest = createRest({
    wanted: wantedPoint,
    onRest(point) {
      if (asking) rested = point
      else void ask(point)
    },
  })

  return {
    update() {
      const { pointer } = ports.read()
      if (made && !(pointer && isSamePoint(pointer, made.point))) made = null
      const before = rest.awaited()
      rest.update()
      const point = rest.awaited()
      if (point === before) return
      const { preview } = ports.read()
      const polygon = previewPolygon(preview)
      // Within the object it stays until the next one comes, so that it does not flicker.
      if (preview && !(point && polygon && pointInShape(polygon, point))) ports.show(null)
    },
    answerFor(imageId, { prompts, shown, zoom }) {
      const [prompt] = prompts
      const isClick = prompts.length === 1 && prompt?.type === 'point' && prompt.positive
      if (!made || !isClick || shown || zoom || made.imageId !== imageId) return null
      const sameModel = made.answer.modelId === ports.read().inference?.modelId
      return sameModel && isSamePoint(made.point, prompt) ? made.answer : null
    },
    close: () => rest.close(),
  }
}
