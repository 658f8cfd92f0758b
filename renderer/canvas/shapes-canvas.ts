/**
 * The canvas of the committed shapes. It draws again only what a change touches, and moves what is there along with a pan.
 * When very many shapes are zoomed, it shows them stretched until they are drawn behind the scenes, a slice a frame:
 * without a GPU 500 outlines take 80 ms.
 */
import { isSameTurn } from '../../common/geometry/viewport.ts'
import { contextOf, type Context } from '../paint/paint.ts'
import { fillWith } from '../paint/picture.ts'
import { wholeStage, type Region } from '../paint/region.ts'
import { redrawWithin } from '../paint/within.ts'
import type { ShownCanvas } from './shown-canvas.ts'
import { itemsIn, planRedraw, workOf, type RedrawPlan, type ShapesScene } from './redraw-plan.ts'
import { drawShapes } from './shape-layer.ts'

export interface ShapesCanvas {
  /** @param isKept the image is the one before, so that what is there may stand for it until it is drawn */
  draw(scene: ShapesScene, isKept: boolean): void
  /** All is to be drawn anew: the canvas was given another size, or the fonts and screen have changed. */
  reset(): void
  close(): void
}

/** More work than this is put off when the view changes, see `workOf`: some 12 ms. */
const AT_ONCE = 4000
/** Strips that a pan brings into sight are drawn at once up to this work. */
const AT_ONCE_OF_PAN = 12_000
/** Shapes a look at the clock. */
const STEP = 16
/** Of a frame, ms. */
const SLICE = 9
/** A zoom that goes on is not drawn sharply, ms. */
const REST = 60

/** Drawing that goes on over frames. */
interface Progress {
  readonly scene: ShapesScene
  /** What is to be shown when it is done: the same, panned since. */
  wanted: ShapesScene
  next: number
}

/** Of the size of another one. Read from all the time, so that it is never a GPU's. */
const createBehind = () => {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser has no 2D canvas.')
  return { canvas, context }
}

const drawRegion = (context: Context, scene: ShapesScene, region: Region): void => {
  redrawWithin(context, region, () => {
    drawShapes(context, itemsIn(scene.items, region), scene.labels, scene.view, scene.look)
  })
}

const isSameView = (a: ShapesScene, b: ShapesScene) =>
  a.view.scale === b.view.scale &&
  a.view.x === b.view.x &&
  a.view.y === b.view.y &&
  isSameTurn(a.view, b.view)

/** @param canvas says by `data-drawing` that it will be drawn sharply */
export const createShapesCanvas = (
  canvas: HTMLCanvasElement,
  { paper, show }: Pick<ShownCanvas, 'paper' | 'show'>,
): ShapesCanvas => {
  const context = contextOf(paper)
  const [behind, kept] = [createBehind(), createBehind()]
  /** What the canvas shows; null while it shows something stretched, or nothing. */
  let drawn: ShapesScene | null = null
  /** What is on the canvas `kept`, to be stretched. */
  let keptScene: ShapesScene | null = null
  let progress: Progress | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0

  const halt = () => {
    progress = null
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    delete canvas.dataset.drawing
  }
  const settle = (scene: ShapesScene) => {
    halt()
    drawn = scene
    keptScene = null
    show()
  }

  const keep = (scene: ShapesScene) => {
    kept.canvas.width = paper.width
    kept.canvas.height = paper.height
    kept.context.drawImage(paper, 0, 0)
    keptScene = scene
  }
  /** Shows what was there, where it belongs by now. */
  const stretch = ({ view }: ShapesScene) => {
    if (!keptScene) return
    const { view: before } = keptScene
    const factor = view.scale / before.scale
    const ratio = window.devicePixelRatio
    const [x, y] = [view.x - before.x * factor, view.y - before.y * factor]
    fillWith(context, kept.canvas, x * ratio, y * ratio, factor)
  }

  const goOn = () => {
    if (!progress) return
    const { scene, wanted } = progress
    const end = performance.now() + SLICE
    while (progress.next < scene.items.length && performance.now() < end) {
      const items = scene.items.slice(progress.next, progress.next + STEP)
      drawShapes(behind.context, items, scene.labels, scene.view, scene.look)
      // Browsers put drawing off; reading a pixel makes them do it now.
      behind.context.getImageData(0, 0, 1, 1)
      progress.next += STEP
    }
    if (progress.next < scene.items.length) {
      frame = requestAnimationFrame(goOn)
      return
    }
    fillWith(context, behind.canvas, 0, 0, 1)
    settle(scene)
    if (wanted !== scene) draw(wanted, true)
  }

  const begin = (scene: ShapesScene, wait: number) => {
    halt()
    const ratio = window.devicePixelRatio
    behind.canvas.width = paper.width
    behind.canvas.height = paper.height
    behind.context.setTransform(ratio, 0, 0, ratio, 0, 0)
    progress = { scene, wanted: scene, next: 0 }
    canvas.dataset.drawing = ''
    timer = setTimeout(goOn, wait)
  }

  const drawAll = (scene: ShapesScene) => {
    drawRegion(context, scene, wholeStage(scene.stage))
    settle(scene)
  }

  const redraw = (scene: ShapesScene, { shift, regions }: RedrawPlan) => {
    if (shift.x !== 0 || shift.y !== 0) fillWith(context, paper, shift.x, shift.y, 1)
    for (const region of regions) drawRegion(context, scene, region)
    settle(scene)
  }

  const draw = (scene: ShapesScene, isKeptImage: boolean): void => {
    const last = drawn ?? keptScene
    // What is turned otherwise can't be stretched into place.
    const isKept = isKeptImage && (last === null || isSameTurn(last.view, scene.view))
    if (!isKept) {
      drawn = null
      keptScene = null
      halt()
    }
    const plan = drawn && planRedraw(drawn, scene, window.devicePixelRatio)
    const workOfPlan = plan
      ? plan.regions.reduce((sum, region) => sum + workOf(itemsIn(scene.items, region)), 0)
      : 0
    const isInPlace = drawn !== null && isSameView(drawn, scene)
    if (plan && (isInPlace || workOfPlan <= AT_ONCE_OF_PAN)) return redraw(scene, plan)
    // A change of what is shown never waits.
    if (isInPlace || workOf(scene.items) <= AT_ONCE) return drawAll(scene)
    if (progress && isSameView(progress.wanted, scene)) return drawAll(scene)
    if (drawn) keep(drawn)
    drawn = null
    if (!isKept) context.clearRect(0, 0, scene.stage.width, scene.stage.height)
    stretch(scene)
    show()
    const panned = progress && planRedraw(progress.scene, scene, window.devicePixelRatio)
    if (progress && panned) progress.wanted = scene
    else begin(scene, isKept ? REST : 0)
  }

  return {
    draw,
    reset() {
      halt()
      drawn = null
      keptScene = null
    },
    close: halt,
  }
}
