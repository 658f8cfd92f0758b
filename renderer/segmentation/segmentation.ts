/**
 * The way from a question to its masks, as the workbench sees it: ask, foresee, preview. Owns when something is asked of
 * the model before there is a click.
 */
import type { ImagePoint } from '../../common/geometry/point.ts'
import type { ImageId } from '../../common/model.ts'
import type { MaskQuestion } from '../../common/segmentation.ts'
import { createAskLine, type AskPorts, type Deliver } from './ask-line.ts'
import { createForesight } from './foresight.ts'
import { createPreviews } from './preview.ts'
import type { Preview } from './question.ts'
import { createRest } from './rest.ts'

/** What is on screen, as far as it decides what to ask ahead. */
interface Scene {
  readonly imageId: ImageId | null
  /** Image pixels; null outside of the image. */
  readonly pointer: ImagePoint | null
  /** A click would be a question to the model at once: the tool in hand asks for masks, and waits for nothing. */
  readonly isFree: boolean
  /** An object is in the making. */
  readonly isDrafting: boolean
  /** Objects that were committed before their mask was there. */
  readonly committing: number
  /** Images whose embedding is at hand: a click is a decode away. */
  readonly ready: readonly ImageId[]
  readonly preview: Preview | null
}

export interface SegmentationPorts extends Omit<AskPorts, 'isOpen'> {
  scene(): Scene
  /** The user has switched previews on. */
  isPreviewOn(): boolean
  showPreview(preview: Preview | null): void
  /** The pointer rests where the tool in hand may foresee a click. */
  onRest(point: ImagePoint): void
}

export interface Segmentation {
  /** @param deliver is given what becomes of it; at once when the answer is there already */
  ask(question: MaskQuestion, deliver: Deliver): void
  /** @param pressed a gesture has begun that may end as that click; else the pointer rests there */
  foresee(question: MaskQuestion, pressed: boolean): void
  /** The pointer, the tool, the model or the settings changed: previews and foreseen questions follow. */
  update(): void
  /** What was asked ahead is no longer what a click would be answered: other model, picture or settings. */
  forget(): void
  close(): void
}

export const createSegmentation = (ports: SegmentationPorts): Segmentation => {
  const foresight = createForesight(ports.askMasks)
  const line = createAskLine({
    ...ports,
    askMasks: foresight.askMasks,
    isOpen: (imageId) => ports.scene().imageId === imageId,
  })

  /** Where a click would be answered at once. */
  const clickPoint = ({ imageId, pointer, isFree, ready }: Scene) =>
    isFree && pointer && imageId !== null && ready.includes(imageId) ? { imageId, point: pointer } : null

  const previews = createPreviews({
    lookAhead: foresight.lookAhead,
    wanted() {
      const scene = ports.scene()
      const isWanted = ports.isPreviewOn() && !scene.isDrafting && scene.committing === 0
      return isWanted ? clickPoint(scene) : null
    },
    shown: () => ports.scene().preview,
    show: (preview) => ports.showPreview(preview),
  })
  const rest = createRest({
    wanted() {
      const scene = ports.scene()
      const isPreviewed = ports.isPreviewOn() && !scene.isDrafting
      return isPreviewed ? null : (clickPoint(scene)?.point ?? null)
    },
    onRest: (point) => ports.onRest(point),
  })

  return {
    ask(question, deliver) {
      const answer = foresight.atHand(question)
      if (answer) deliver({ type: 'answered', revision: question.revision, answer })
      else line.ask(question, deliver)
    },
    foresee(question, pressed) {
      if (ports.scene().ready.includes(question.imageId)) foresight.foresee(question, pressed)
    },
    update() {
      previews.update()
      rest.update()
    },
    forget: () => foresight.forget(),
    close() {
      previews.close()
      rest.close()
    },
  }
}
