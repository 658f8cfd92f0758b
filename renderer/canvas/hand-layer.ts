/**
 * What the hand is on, on two small canvases: what is hovered and selected, and over it the one shape with handles. A click
 * selects what is hovered, so the canvas of the first lies where the second is wanted: the two change their parts then, and
 * neither is moved, where that makes no difference to what is seen.
 */
import type { Size } from '../../common/geometry/point.ts'
import type { Viewport } from '../../common/geometry/viewport.ts'
import type { Label, LabelId } from '../../common/model.ts'
import type { Context } from '../paint/paint.ts'
import { placeAround, willDo } from '../paint/place.ts'
import { isEmptyRegion, meets, onPixels, type Region } from '../paint/region.ts'
import type { StageLook } from '../tools/stage-look.ts'
import { activeRegion, drawActive, type ActiveShape } from './active-shape.ts'
import { createOverlayCanvas } from './overlay-canvas.ts'
import type { SceneItem } from './scene.ts'
import { drawNames, drawShapes, regionOfItems } from './shape-layer.ts'

interface Hand {
  /** Bottom first. */
  readonly emphasised: readonly SceneItem[]
  readonly active: ActiveShape | null
  readonly view: Viewport
  readonly stage: Size
  readonly look: StageLook
  readonly labels: ReadonlyMap<LabelId, Label>
  /** Names lie between the two. */
  readonly hasNames: boolean
}

export interface HandLayer {
  /** @param changed which of the two are not as they were drawn */
  draw(hand: Hand, changed: { readonly emphasis: boolean; readonly active: boolean }): void
}

interface Parts {
  /** Where each has something to draw; null where it has nothing. */
  readonly emphasis: Region | null
  readonly active: Region | null
  readonly hasNames: boolean
  /** Where the canvases lie that have these parts now. */
  readonly placed: Readonly<Record<'emphasis' | 'active', Region | null>>
  readonly areExchanged: boolean
}

/** Whether the canvases are to have each other's parts from now on. */
export const shouldExchange = ({ emphasis, active, hasNames, placed, areExchanged }: Parts): boolean => {
  const looksTheSame = !hasNames && !(emphasis && active && meets(emphasis, active))
  if (!looksTheSame) return areExchanged
  const lies = (part: 'emphasis' | 'active') =>
    active !== null && placed[part] !== null && willDo(placed[part], active)
  return lies('emphasis') && !lies('active')
}

export const createHandLayer = (below: HTMLCanvasElement, above: HTMLCanvasElement): HandLayer => {
  const inOrder = { emphasis: createOverlayCanvas(below), active: createOverlayCanvas(above) }
  const exchanged = { emphasis: inOrder.active, active: inOrder.emphasis }
  let sheets = inOrder

  const seenOf = (region: Region | null, stage: Size): Region | null => {
    const seen = region && onPixels(region, stage, window.devicePixelRatio)
    return seen && !isEmptyRegion(seen) ? seen : null
  }

  const drawOn = (name: keyof typeof sheets, needed: Region | null, draw: (context: Context) => void) => {
    const sheet = sheets[name]
    sheet.clear()
    if (needed) draw(sheet.placeOver(placeAround(needed, sheet.region()), window.devicePixelRatio))
  }

  return {
    draw({ emphasised, active, view, stage, look, labels, hasNames }, changed) {
      const ofEmphasis = seenOf(regionOfItems(emphasised), stage)
      const ofActive = seenOf(active && activeRegion(active, view), stage)
      const placed = { emphasis: sheets.emphasis.region(), active: sheets.active.region() }
      const areExchanged = sheets === exchanged
      const parts = { emphasis: ofEmphasis, active: ofActive, hasNames, placed, areExchanged }
      const isExchanged = shouldExchange(parts)
      if (isExchanged) sheets = areExchanged ? inOrder : exchanged
      if (changed.emphasis || isExchanged)
        drawOn('emphasis', ofEmphasis, (context) => {
          drawShapes(context, emphasised, labels, view, look)
          drawNames(context, emphasised, labels)
        })
      if (active && ofActive && (changed.active || isExchanged))
        drawOn('active', ofActive, (context) => drawActive(context, active, view, stage))
      else if (changed.active || isExchanged) drawOn('active', null, () => undefined)
    },
  }
}
