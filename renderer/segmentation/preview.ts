/**
 * The preview of the mask under the resting pointer. Owns when it is asked for: one question at a time, the newest
 * place wins, never while the image is encoded or an object is in the making. Adds nothing to the prompts.
 */
import type { ImagePoint } from '../../common/geometry/point.ts'
import { pointInShape } from '../../common/geometry/hit.ts'
import type { ImageId } from '../../common/model.ts'
import type { MaskQuestion } from '../../common/segmentation.ts'
import type { Foresight } from './foresight.ts'
import { previewPolygon, type MaskAnswer, type Preview } from './question.ts'
import { createRest, isSamePoint } from './rest.ts'

export interface PreviewPorts extends Pick<Foresight, 'lookAhead'> {
  /** Where a preview is wanted now; null where none is. */
  wanted(): { readonly imageId: ImageId; readonly point: ImagePoint } | null
  /** The preview on screen. */
  shown(): Preview | null
  show(preview: Preview | null): void
}

export interface Previews {
  /** The pointer, the tool, the model or the settings changed. */
  update(): void
  close(): void
}

const clickAt = (imageId: ImageId, { x, y }: ImagePoint): MaskQuestion => ({
  imageId,
  revision: 0,
  prompts: [{ type: 'point', x, y, positive: true }],
  maskInput: null,
  crop: null,
  zoom: false,
  purpose: 'hover',
  quality: 'fast',
})

export const createPreviews = (ports: PreviewPorts): Previews => {
  let asking = false
  /** The newest place of rest while a question was open. */
  let rested: ImagePoint | null = null

  const isWanted = (point: ImagePoint) => {
    const wanted = ports.wanted()
    return wanted !== null && isSamePoint(wanted.point, point) ? wanted : null
  }

  const ask = async (point: ImagePoint) => {
    const imageId = isWanted(point)?.imageId
    if (imageId === undefined) return
    const show = (answer: MaskAnswer) => {
      if (isWanted(point)?.imageId === imageId) ports.show({ imageId, point, answer })
    }
    asking = true
    const answer = await ports.lookAhead(clickAt(imageId, point), show)
    asking = false
    // One that does not come is not missed: a click asks again and tells what is wrong.
    if (answer) show(answer)
    // Where the pointer came to rest meanwhile.
    const next = rested
    rested = null
    if (next) void ask(next)
  }

  const rest = createRest({
    wanted: () => ports.wanted()?.point ?? null,
    onRest(point) {
      if (asking) rested = point
      else void ask(point)
    },
  })

  return {
    update() {
      const before = rest.awaited()
      rest.update()
      const point = rest.awaited()
      if (point === before) return
      const preview = ports.shown()
      const polygon = previewPolygon(preview)
      // Within the object it stays until the next one comes, so that it does not flicker.
      if (preview && !(point && polygon && pointInShape(polygon, point))) ports.show(null)
    },
    close: () => rest.close(),
  }
}
