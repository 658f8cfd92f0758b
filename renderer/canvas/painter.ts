/**
 * Keeps the stage's canvases in step with the workbench: each change marks the layers that it touches, and one frame
 * draws them. Nothing is drawn outside of a frame.
 */
import { isDoubtful } from '../../common/doubtful.ts'
import { hasArea } from '../../common/geometry/measure.ts'
import type { AnnotationId, ImageId, Label, LabelId } from '../../common/model.ts'
import type { Workbench, WorkbenchStore } from '../workbench/store.ts'
import { FALLBACK_COLOR, contextOf } from '../paint/paint.ts'
import { isEmptyRegion, onPixels } from '../paint/region.ts'
import { sizeOf } from '../tools/stage-view.ts'
import { toolOf } from '../tools/tool-states.ts'
import type { ActiveShape } from './active-shape.ts'
import { createHandLayer } from './hand-layer.ts'
import { createImageLayer, type Photo } from './image-layer.ts'
import { drawOverlay, isWaiting, overlayRegion } from './overlay-layer.ts'
import { createOverlayCanvas } from './overlay-canvas.ts'
import { createScenes, plainOf, type Scene } from './scene.ts'
import { DOUBTFUL, drawNames, nameOf } from './shape-layer.ts'
import { createPannedCanvas } from './panned-canvas.ts'
import { createShownCanvas } from './shown-canvas.ts'
import { createShapesCanvas } from './shapes-canvas.ts'

export interface StageCanvases {
  readonly image: HTMLCanvasElement
  readonly shapes: HTMLCanvasElement
  readonly emphasis: HTMLCanvasElement
  readonly names: HTMLCanvasElement
  readonly active: HTMLCanvasElement
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

/** The stored object that the tool in hand has handles on, drawn by the active layer. */
const handledOf = (state: WorkbenchStore) =>
  toolOf(state.tool).handles?.on(state.tools[state.tool], state) ?? null

/** The stored object that the shapes layer leaves out: a draft stands in its place, or its handles have changed it. */
const leftOut = (state: WorkbenchStore): AnnotationId | null => {
  if (state.draft?.replaces) return state.draft.replaces.id
  const annotation = handledOf(state)
  const shown = annotation && toolOf(state.tool).handles?.shown(state.tools[state.tool], annotation)
  return annotation && shown?.shape !== annotation.shape ? annotation.id : null
}

/** What says which objects are where, and which of them are doubtful. */
const shownObjects = (state: WorkbenchStore): readonly unknown[] => {
  const { view, stageSize, annotations, hiddenLabels, hiddenObjects, doubtBelow } = state
  return [view, stageSize, annotations, hiddenLabels, hiddenObjects, doubtBelow]
}

/**
 * The values that each layer is drawn from: when one of them changes, the layer is drawn again. How far the model is
 * with a question is not among them: while it works, a timer draws the overlay again (PACE).
 */
const contents: Record<Layer, (state: WorkbenchStore) => readonly unknown[]> = {
  image: ({ view, stageSize, image, look }) => [view, stageSize, image, look.grid],
  shapes: (state) => [state.look, ...shownObjects(state)],
  emphasis: (state) => {
    const { selection, hovered, tool, look } = state
    return [...shownObjects(state), selection, hovered, tool, look, handledOf(state)?.id, leftOut(state)]
  },
  names: (state) => [state.look.names, ...shownObjects(state)],
  active: (state) => {
    const handled = handledOf(state)
    if (!handled) return []
    const { shape, vertices, ring } = toolOf(state.tool).handles!.shown(state.tools[state.tool], handled)
    return [state.view, state.stageSize, state.look, handled, shape, ring, ...vertices]
  },
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

/**
 * While the model works, the overlay is drawn once in this many ms, and not before the first of them is over: without a
 * GPU the model needs the processor more. Most masks are there sooner, and the click's mark comes with them.
 */
const PACE = 90

export const createPainter = (canvases: StageCanvases, workbench: Workbench): Painter => {
  const namesContext = contextOf(canvases.names)
  const shownCanvases = {
    image: createShownCanvas(canvases.image),
    shapes: createShownCanvas(canvases.shapes),
  }
  const panned = {
    image: createPannedCanvas(canvases.image, shownCanvases.image),
    shapes: createPannedCanvas(canvases.shapes, shownCanvases.shapes),
  }
  const imageLayer = createImageLayer(contextOf(shownCanvases.image.paper))
  const shapes = createShapesCanvas(canvases.shapes, shownCanvases.shapes)
  const hand = createHandLayer(canvases.emphasis, canvases.active)
  const overlay = createOverlayCanvas(canvases.overlay)
  const makeScene = createScenes()
  const dirty = new Set<Layer>()
  let photo: Photo | null = null
  let labels: ReadonlyMap<LabelId, Label> = new Map()
  let frame = 0
  let waitingSince: number | null = null
  let pulse: ReturnType<typeof setTimeout> | undefined
  let closed = false
  /** What the committed shapes were drawn from. */
  let committed: readonly unknown[] = []
  /** The layer of names has some. */
  let named = false
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
    panned.image.resize(stageSize, ratio)
    panned.shapes.resize(stageSize, ratio)
    canvases.names.width = Math.round(stageSize.width * ratio)
    canvases.names.height = Math.round(stageSize.height * ratio)
    canvases.names.style.width = `${stageSize.width}px`
    canvases.names.style.height = `${stageSize.height}px`
    for (const canvas of [shownCanvases.image.paper, shownCanvases.shapes.paper, canvases.names])
      contextOf(canvas).setTransform(ratio, 0, 0, ratio, 0, 0)
    shapes.reset()
    committed = []
    imageLayer.reset()
    for (const layer of layers) dirty.add(layer)
  }

  const activeShape = (state: WorkbenchStore): ActiveShape | null => {
    const { handles } = toolOf(state.tool)
    const annotation = handledOf(state)
    if (!handles || !annotation) return null
    const label = labels.get(annotation.labelId)
    const shown = handles.shown(state.tools[state.tool], annotation)
    const isChanged = shown.shape !== annotation.shape
    const doubtful = isDoubtful(annotation, state.doubtBelow)
    return {
      ...shown,
      color: doubtful ? DOUBTFUL : (label?.color ?? FALLBACK_COLOR),
      name: state.look.names && label ? nameOf(annotation, label, doubtful) : null,
      dashed: annotation.proposed,
      fill: isChanged && hasArea(shown.shape) && !state.look.outlines ? state.look.fill : 0,
    }
  }

  /** All that is committed: the emphasised ones too, so that hovering draws one shape and not all. */
  const drawCommitted = (state: WorkbenchStore, active: AnnotationId | null) => {
    const { annotations, hiddenLabels, hiddenObjects, look, doubtBelow } = state
    const placed = panned.shapes.place(state.view)
    const imageId = state.image?.id ?? null
    const drawnFrom = [
      placed,
      annotations,
      hiddenLabels,
      hiddenObjects,
      look,
      labels,
      active,
      imageId,
      doubtBelow,
    ]
    if (!differ(drawnFrom, committed)) return
    committed = drawnFrom
    const { view, size: stage } = placed
    const items = plainOf({ ...state, view, names: false, stage, active })
    shapes.draw({ items, labels, view, stage, look }, imageId === shapesOf)
    shapesOf = imageId
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
      const placed = panned.image.place(view)
      const isChanged = imageLayer.draw({
        photo: shown,
        size: size ?? stageSize,
        view: placed.view,
        stage: placed.size,
        ratio: window.devicePixelRatio,
        grid: look.grid,
      })
      if (isChanged) shownCanvases.image.show()
    }
    if (dirty.has('shapes') || dirty.has('emphasis') || dirty.has('names')) {
      const active = leftOut(state)
      const handled = handledOf(state)?.id ?? null
      const scene = makeScene({ ...state, names: look.names, stage: stageSize, active, handled })
      if (dirty.has('shapes')) drawCommitted(state, active)
      const hasNames = scene.plain.some(({ tagged }) => tagged)
      // Without a GPU all canvases are copied for each frame, with or without something on them.
      if (dirty.has('names') && (hasNames || named)) {
        namesContext.clearRect(0, 0, stageSize.width, stageSize.height)
        drawNames(namesContext, scene.plain, labels)
        named = hasNames
        canvases.names.style.display = hasNames ? '' : 'none'
      }
      shown = scene
    }
    if (dirty.has('emphasis') || dirty.has('names') || dirty.has('active')) {
      const { emphasised } = shown
      const drawn = { emphasised, active: activeShape(state), view, stage: stageSize, look, labels }
      const changed = { emphasis: dirty.has('emphasis'), active: dirty.has('active') }
      hand.draw({ ...drawn, hasNames: named }, changed)
    }
    if (dirty.has('overlay')) {
      waitingSince = isWaiting(state) ? (waitingSince ?? time) : null
      const waited = waitingSince === null ? 0 : time - waitingSince
      const region = overlayRegion(state)
      const pixels = region && onPixels(region, stageSize, window.devicePixelRatio)
      if (pixels && !isEmptyRegion(pixels)) {
        const context = overlay.placeOver(pixels, window.devicePixelRatio)
        const drawTags = () => drawNames(context, [...shown.plain, ...shown.emphasised], labels)
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
    if (leftOut(now) !== leftOut(before)) mark('shapes', 'emphasis', 'names')
    const changed = layers.filter((layer) => differ(contents[layer](now), contents[layer](before)))
    if (changed.length === 1 && changed[0] === 'overlay' && isJustAsked(now, before)) {
      clearTimeout(pulse)
      pulse = setTimeout(() => mark('overlay'), PACE)
    } else mark(...changed)
  })
  const redraw = () => {
    shapes.reset()
    committed = []
    imageLayer.reset()
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
      mark('shapes', 'emphasis', 'names', 'active', 'overlay')
    },
    close() {
      closed = true
      stop()
      cancelAnimationFrame(frame)
      clearTimeout(pulse)
      window.removeEventListener('resize', redraw)
      shapes.close()
    },
  }
}
