/** Mouse, pen and wheel on the stage -> tool events in image pixels, zoom and pan. */
import { toImage, toScreen } from '../../common/geometry/viewport.ts'
import type { ScreenPoint } from '../../common/geometry/point.ts'
import { platformOf } from '../actions/shortcut.ts'
import type { Workbench } from '../workbench/store.ts'
import type { PointerInput } from '../tools/events.ts'
import { isInside } from '../tools/gesture.ts'
import { metricsOf } from '../tools/metrics.ts'
import { sizeOf } from '../tools/stage-view.ts'
import { toolOf } from '../tools/tool-states.ts'

/** Zoom of one notch of a wheel (100 px of `deltaY`); a trackpad's pinch comes in much smaller steps. */
const WHEEL_RATE = 0.0018
const PINCH_RATE = 0.01
const LINE = 16
/** A second press counts as a double click within this time, ms, and distance, screen pixels. */
const double = { time: 400, distance: 5 }

const pixelsOf = ({ deltaMode }: WheelEvent, delta: number, page: number) =>
  deltaMode === WheelEvent.DOM_DELTA_LINE
    ? delta * LINE
    : deltaMode === WheelEvent.DOM_DELTA_PAGE
      ? delta * page
      : delta

/** Ctrl, or Command on a Mac, where Ctrl+click is a right click. */
const isMod = ({ ctrlKey, metaKey }: MouseEvent): boolean =>
  platformOf(navigator) === 'mac' ? metaKey : ctrlKey

/** Listens on the stage; returns a function that stops it. */
export const listenToPointer = (element: HTMLElement, workbench: Workbench): (() => void) => {
  let panning: { readonly id: number; x: number; y: number } | null = null
  let drawing: number | null = null
  /** A press that is no tool's: Ctrl, which selects, or the right button, which opens a menu. */
  let held: { readonly id: number; readonly kind: 'pick' | 'menu' } | null = null
  let spaceHeld = false
  let lastPress = { time: -Infinity, x: 0, y: 0, clicks: 0 }

  const at = (event: MouseEvent): ScreenPoint => {
    const { left, top } = element.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const inputOf = (event: MouseEvent): PointerInput => ({
    point: toImage(workbench.getState().view, at(event)),
    shift: event.shiftKey,
    alt: event.altKey,
  })
  const point = (event: MouseEvent) => {
    const { point: here } = inputOf(event)
    const size = sizeOf(workbench.getState().image)
    workbench.getState().setPointer(size && isInside(here, size) ? { x: here.x, y: here.y } : null)
  }
  const showGrip = () => element.toggleAttribute('data-panning', spaceHeld || panning !== null)

  const countClicks = (event: PointerEvent) => {
    const near = Math.hypot(event.clientX - lastPress.x, event.clientY - lastPress.y) <= double.distance
    const clicks = near && event.timeStamp - lastPress.time <= double.time ? lastPress.clicks + 1 : 1
    lastPress = { time: event.timeStamp, x: event.clientX, y: event.clientY, clicks }
    return clicks
  }

  const onDown = (event: PointerEvent) => {
    if (drawing !== null || held !== null || panning !== null) return
    element.setPointerCapture(event.pointerId)
    if (event.button === 1 || (event.button === 0 && spaceHeld)) {
      event.preventDefault()
      panning = { id: event.pointerId, x: event.clientX, y: event.clientY }
      showGrip()
      return
    }
    if (event.button !== 0 && event.button !== 2) return
    const { draft, inGesture, image, tool } = workbench.getState()
    // In a mask in the making the right button is a point that does not belong to it.
    const isRight = event.button === 2
    const isTools =
      draft !== null || inGesture || !image || (isRight && toolOf(tool).usesRightButton === true)
    if (!isTools && (isRight || isMod(event))) {
      held = { id: event.pointerId, kind: isRight ? 'menu' : 'pick' }
      if (held.kind === 'pick') workbench.getState().pickWith({ type: 'down', point: inputOf(event).point })
      return
    }
    drawing = event.pointerId
    const button = event.button === 0 ? 'primary' : 'secondary'
    workbench.getState().send({ type: 'down', button, clicks: countClicks(event), ...inputOf(event) })
  }
  const onMove = (event: PointerEvent) => {
    if (panning?.id === event.pointerId) {
      workbench.getState().panBy(event.clientX - panning.x, event.clientY - panning.y)
      panning = { id: event.pointerId, x: event.clientX, y: event.clientY }
    } else if (held?.id === event.pointerId) {
      if (held.kind === 'pick') workbench.getState().pickWith({ type: 'move', point: inputOf(event).point })
    } else if (drawing === null || drawing === event.pointerId)
      workbench.getState().send({ type: 'move', ...inputOf(event) })
    point(event)
  }
  const onUp = (event: PointerEvent) => {
    if (panning?.id === event.pointerId) {
      panning = null
      showGrip()
    }
    if (held?.id === event.pointerId) {
      const { kind } = held
      held = null
      const { point: here } = inputOf(event)
      if (kind === 'pick') workbench.getState().pickWith({ type: 'up', point: here })
      else workbench.getState().openMenu({ x: event.clientX, y: event.clientY }, here)
    }
    if (drawing !== event.pointerId) return
    drawing = null
    workbench.getState().send({ type: 'up', ...inputOf(event) })
  }
  const onAbort = (event: PointerEvent) => {
    if (panning?.id === event.pointerId) {
      panning = null
      showGrip()
    }
    if (held?.id === event.pointerId) {
      if (held.kind === 'pick') workbench.getState().pickWith({ type: 'abort' })
      held = null
    }
    if (drawing !== event.pointerId) return
    drawing = null
    workbench.getState().send({ type: 'abort' })
  }
  const onLeave = () => {
    workbench.getState().setPointer(null)
    if (drawing === null) workbench.getState().send({ type: 'leave' })
  }
  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    const { stageSize } = workbench.getState()
    const dx = pixelsOf(event, event.deltaX, stageSize.width)
    const dy = pixelsOf(event, event.deltaY, stageSize.height)
    const state = workbench.getState()
    // Browsers that scroll sideways with Alt tell of it in x.
    if (event.altKey && toolOf(state.tool).hasSize) state.resizeBrush(Math.exp(-(dy || dx) * WHEEL_RATE))
    else if (event.shiftKey) workbench.getState().panBy(-(dx || dy), 0)
    else {
      const rate = event.ctrlKey && Math.abs(dy) < 50 ? PINCH_RATE : WHEEL_RATE
      workbench.getState().zoomAt(at(event), Math.exp(-dy * rate))
    }
    point(event)
  }

  const types = (target: EventTarget | null) =>
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  const onKey = (event: KeyboardEvent) => {
    if (event.code !== 'Space' || types(event.target)) return
    spaceHeld = event.type === 'keydown'
    showGrip()
  }
  const onBlur = () => {
    spaceHeld = false
    showGrip()
  }
  /** The browser's own menu never comes; the menu key, which no press came before, opens ours at the selected object. */
  const onMenu = (event: MouseEvent) => {
    event.preventDefault()
    const state = workbench.getState()
    const { selected, annotations, view, draft } = state
    const object = annotations.find(({ id }) => id === selected)
    if (event.button === 2 || draft !== null || !object) return
    const { x, y, width, height } = metricsOf(object.shape).box
    const middle = { x: x + width / 2, y: y + height / 2 }
    const { left, top } = element.getBoundingClientRect()
    const place = toScreen(view, middle)
    workbench.getState().openMenu({ x: left + place.x, y: top + place.y }, null)
  }
  /** Autoscroll of the middle button. */
  const noScroll = (event: MouseEvent) => {
    if (event.button === 1) event.preventDefault()
  }

  const stop = new AbortController()
  const { signal } = stop
  element.addEventListener('pointerdown', onDown, { signal })
  element.addEventListener('pointermove', onMove, { signal })
  element.addEventListener('pointerup', onUp, { signal })
  element.addEventListener('pointercancel', onAbort, { signal })
  element.addEventListener('lostpointercapture', onAbort, { signal })
  element.addEventListener('pointerleave', onLeave, { signal })
  element.addEventListener('wheel', onWheel, { signal, passive: false })
  element.addEventListener('contextmenu', onMenu, { signal })
  element.addEventListener('mousedown', noScroll, { signal })
  window.addEventListener('keydown', onKey, { signal })
  window.addEventListener('keyup', onKey, { signal })
  window.addEventListener('blur', onBlur, { signal })
  return () => stop.abort()
}
