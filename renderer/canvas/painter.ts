/**
 * Keeps the stage's canvases in step with the workbench: each change marks the layers that it touches, and one frame
 * draws them. Nothing is drawn outside of a frame.
 */
import type { ImageId, Label, LabelId } from '../../common/model.ts'
import type { Workbench, WorkbenchStore } from '../workbench/store.ts'
import { FALLBACK_COLOR, contextOf, fillShape } from '../paint/paint.ts'
import { onPixels } from '../paint/region.ts'
import { sizeOf } from '../tools/stage-view.ts'
import { toolOf } from '../tools/tool-states.ts'
import { createActiveLayer, type ActiveShape } from './active-layer.ts'
import { drawPhoto, type Photo } from './image-layer.ts'
import { drawOverlay, isWaiting, overlayRegion } from './overlay-layer.ts'
import { drawPixelGrid } from './pixel-grid.ts'
import { createOverlayCanvas } from './overlay-canvas.ts'
import { sceneOf, type Scene } from './scene.ts'
import { drawNames, drawShapes } from './shape-layer.ts'
import { createShapesCanvas } from './shapes-canvas.ts'

export interface StageCanvases {
  readonly image: HTMLCanvasElement
  readonly shapes: HTMLCanvasElement
  readonly emphasis: HTMLCanvasElement
  /** Gets a canvas of its own. */
  readonly active: HTMLElement
  readonly overlay: HTMLCanvasElement
}

type Layer = keyof StageCanvases

export interface Painter {
  setPhoto(photo: Photo | null): void
  setLabels(labels: readonly Label[]): void
  close(): void
}

/** What the overlay shows of the model's masks: not the masks beside the chosen one. */
const shownOfMasks = ({
  prompts,
  status,
  candidates,
  chosen,
  zoom,
  crop,
  refining,
}: WorkbenchStore['masks']) => [
  prompts,
  status,
  candidates.length === 0,
  candidates[chosen]?.polygon,
  zoom,
  crop,
  refining?.id,
  refining?.labelId,
]

/** What the tool in hand draws from. */
const shownOfTool = (state: WorkbenchStore): readonly unknown[] =>
  toolOf(state.tool).drawn?.(state.tools[state.tool], state) ?? []

/**
 * The values that each layer is drawn from: when one of them changes, the layer is drawn again. How far the model is
 * with a question is not among them: while it works, a timer draws the overlay again (PACE).
 */
const contents: Record<Layer, (state: WorkbenchStore) => readonly unknown[]> = {
  image: ({ view, stageSize, image, look }) => [view, stageSize, image, look.grid],
  shapes: ({ view, stageSize, annotations, hiddenLabels, hiddenObjects, look }) => [
    look,
    view,
    stageSize,
    annotations,
    hiddenLabels,
    hiddenObjects,
  ],
  emphasis: (state) => {
    const { view, stageSize, annotations, hiddenLabels, hiddenObjects, selection, hovered, tool, look } =
      state
    const edited = toolOf(tool).handles ? shownOfTool(state) : []
    return [
      view,
      stageSize,
      annotations,
      hiddenLabels,
      hiddenObjects,
      selection,
      hovered,
      tool,
      look,
      ...edited,
    ]
  },
  active: (state) =>
    toolOf(state.tool).handles
      ? [state.tool, state.view, state.stageSize, ...shownOfTool(state)]
      : [state.tool],
  overlay: (state) => {
    const { view, stageSize, tool, currentLabelId, image, preview } = state
    const masks = shownOfMasks(state.masks)
    return [view, stageSize, tool, currentLabelId, image, preview, ...masks, ...shownOfTool(state)]
  },
}

const layers = Object.keys(contents) as Layer[]

/** The model was given a click whose mask is a decode away. */
const isJustAsked = ({ masks }: WorkbenchStore, before: WorkbenchStore) =>
  masks.status === 'thinking' &&
  before.masks.status !== 'thinking' &&
  before.masks.prompts.length < masks.prompts.length

const differ = (now: readonly unknown[], before: readonly unknown[]) =>
  now.length !== before.length || now.some((value, i) => value !== before[i])

/** The stored object that the tool in hand has handles on, drawn by the active layer. */
const handledOf = (state: WorkbenchStore) =>
  toolOf(state.tool).handles?.on(state.tools[state.tool], state) ?? null

/** The stored object that the shapes layer leaves out: it has handles, or a draft stands in its place. */
const leftOut = (state: WorkbenchStore) => (state.draft?.replaces ?? handledOf(state))?.id ?? null

/**
 * While the model works, the overlay is drawn once in this many ms, and not before the first of them is over: without a
 * GPU the model needs the processor more. Most masks are there sooner, and the click's mark comes with them.
 */
const PACE = 90

export const createPainter = (canvases: StageCanvases, workbench: Workbench): Painter => {
  const contexts = {
    image: contextOf(canvases.image),
    emphasis: contextOf(canvases.emphasis),
  }
  const shapes = createShapesCanvas(canvases.shapes)
  const overlay = createOverlayCanvas(canvases.overlay)
  const activeLayer = createActiveLayer(canvases.active)
  const dirty = new Set<Layer>()
  let photo: Photo | null = null
  let labels: ReadonlyMap<LabelId, Label> = new Map()
  let frame = 0
  let waitingSince: number | null = null
  let pulse: ReturnType<typeof setTimeout> | undefined
  let closed = false
  let shown: Scene = { plain: [], emphasised: [] }
  /** The image whose shapes the layer has. */
  let shapesOf: ImageId | null = null
  /** Size and device pixels that the canvases have now. */
  let fitted = ''

  const fitCanvases = ({ stageSize }: WorkbenchStore): void => {
    const ratio = window.devicePixelRatio
    const wanted = `${stageSize.width}x${stageSize.height}@${ratio}`
    if (wanted === fitted) return
    fitted = wanted
    for (const context of [contexts.image, contextOf(canvases.shapes), contexts.emphasis]) {
      const { canvas } = context
      canvas.width = Math.round(stageSize.width * ratio)
      canvas.height = Math.round(stageSize.height * ratio)
      canvas.style.width = `${stageSize.width}px`
      canvas.style.height = `${stageSize.height}px`
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
    }
    activeLayer.resize(stageSize)
    shapes.reset()
    for (const layer of layers) dirty.add(layer)
  }

  const activeShape = (state: WorkbenchStore): ActiveShape | null => {
    const { handles } = toolOf(state.tool)
    const annotation = handledOf(state)
    if (!handles || !annotation) return null
    const color = labels.get(annotation.labelId)?.color ?? FALLBACK_COLOR
    return { ...handles.shown(state.tools[state.tool], annotation), color, dashed: annotation.proposed }
  }

  const draw = (time: number) => {
    frame = 0
    if (closed) return
    const state = workbench.getState()
    fitCanvases(state)
    const { view, stageSize, look } = state
    if (dirty.has('image')) {
      const size = sizeOf(state.image)
      const shown = size && photo?.imageId === state.image?.id ? photo : null
      drawPhoto(contexts.image, shown, size ?? stageSize, view, stageSize, window.devicePixelRatio)
      if (state.look.grid && shown && size) drawPixelGrid(contexts.image, size, view, stageSize)
    }
    if (dirty.has('shapes') || dirty.has('emphasis')) {
      const scene = sceneOf({ ...state, names: look.names, stage: stageSize, active: leftOut(state) })
      // The emphasised ones stay in the layer below too, so that hovering draws one shape and not all.
      if (dirty.has('shapes')) {
        const imageId = state.image?.id ?? null
        shapes.draw({ items: scene.plain, labels, view, stage: stageSize, look }, imageId === shapesOf)
        shapesOf = imageId
      }
      contexts.emphasis.clearRect(0, 0, stageSize.width, stageSize.height)
      drawShapes(contexts.emphasis, scene.emphasised, labels, view, look)
      // Of the shape with handles the inside alone, so that it lies under all names.
      const edited = activeShape(state)
      if (edited && !look.outlines) fillShape(contexts.emphasis, view, edited.shape, edited.color, look.fill)
      drawNames(contexts.emphasis, scene, labels)
      shown = scene
    }
    if (dirty.has('active')) activeLayer.draw(activeShape(state), view)
    if (dirty.has('overlay')) {
      waitingSince = isWaiting(state) ? (waitingSince ?? time) : null
      const waited = waitingSince === null ? 0 : time - waitingSince
      const region = overlayRegion(state)
      const pixels = region && onPixels(region, stageSize, window.devicePixelRatio)
      if (pixels && pixels.x0 < pixels.x1 && pixels.y0 < pixels.y1) {
        const context = overlay.placeOver(pixels, window.devicePixelRatio)
        const drawTags = () => drawNames(context, shown, labels)
        drawOverlay(context, state, labels, { time, waited, drawTags }, pixels)
      } else overlay.hide()
      clearTimeout(pulse)
      if (waitingSince !== null) pulse = setTimeout(() => mark('overlay'), PACE)
    }
    dirty.clear()
  }

  const mark = (...layers: Layer[]) => {
    for (const layer of layers) dirty.add(layer)
    if (frame === 0 && dirty.size > 0) frame = requestAnimationFrame(draw)
  }

  const stop = workbench.subscribe((now, before) => {
    // A drag does not change the other shapes: they are drawn again only when a shape moves to or from the active layer.
    if (leftOut(now) !== leftOut(before)) mark('shapes', 'emphasis')
    const changed = layers.filter((layer) => differ(contents[layer](now), contents[layer](before)))
    if (changed.length === 1 && changed[0] === 'overlay' && isJustAsked(now, before)) {
      clearTimeout(pulse)
      pulse = setTimeout(() => mark('overlay'), PACE)
    } else mark(...changed)
  })
  const redraw = () => {
    shapes.reset()
    mark(...layers)
  }
  window.addEventListener('resize', redraw)
  redraw()

  return {
    setPhoto(next) {
      photo = next
      mark('image')
    },
    setLabels(next) {
      labels = new Map(next.map((label) => [label.id, label]))
      mark('shapes', 'emphasis', 'active', 'overlay')
    },
    close() {
      closed = true
      stop()
      cancelAnimationFrame(frame)
      clearTimeout(pulse)
      window.removeEventListener('resize', redraw)
      shapes.close()
      activeLayer.close()
    },
  }
}
