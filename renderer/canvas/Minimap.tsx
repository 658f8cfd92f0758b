/** The whole image in a corner while the stage shows a part of it; a press or drag there moves that part. */
import { useEffect, useRef, type PointerEvent } from 'react'
import { useStore } from 'zustand'
import type { Size } from '../../common/geometry/point.ts'
import { matrixOf } from '../../common/geometry/viewport.ts'
import { sizeOf } from '../tools/stage-view.ts'
import type { Workbench, WorkbenchStore } from '../workbench/store.ts'
import type { Photo } from './image-layer.ts'
import { levelFor } from './image-pixels.ts'
import { mapOf, panTo, partOn, showsPart } from './minimap-geometry.ts'

/** A transform moves it without a layout: a pan draws it in each frame. */
const follow = (frame: HTMLElement, { view, stageSize }: WorkbenchStore, size: Size, map: Size) => {
  const part = partOn(view, stageSize, size, map)
  Object.assign(frame.style, {
    transform: `translate(${part.x}px, ${part.y}px)`,
    width: `${part.width}px`,
    height: `${part.height}px`,
  })
}

const Shown = ({ workbench, photo, size }: { workbench: Workbench; photo: Photo; size: Size }) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const turn = useStore(workbench, (state) => state.view.turn)
  const map = mapOf(size, turn && { turn })
  const { width, height } = map

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    const ratio = window.devicePixelRatio
    const level = levelFor(
      photo.pixels,
      size.width,
      (Math.max(width, height) / Math.max(size.width, size.height)) * ratio,
    )
    if (!element || !context || !level) return
    element.width = Math.round(width * ratio)
    element.height = Math.round(height * ratio)
    context.imageSmoothingQuality = 'high'
    // Around its middle.
    context.translate(element.width / 2, element.height / 2)
    context.transform(...matrixOf({ scale: 1, x: 0, y: 0, ...(turn && { turn }) }))
    const across = turn?.[0] === 0
    const [wide, high] = across ? [element.height, element.width] : [element.width, element.height]
    context.drawImage(level, -wide / 2, -high / 2, wide, high)
  }, [photo, size.width, size.height, width, height, turn])

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const whole = { width: size.width, height: size.height }
    const moved = () => follow(element, workbench.getState(), whole, { width, height })
    moved()
    return workbench.subscribe((now, before) => {
      if (now.view !== before.view || now.stageSize !== before.stageSize) moved()
    })
  }, [workbench, size.width, size.height, width, height])

  const move = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const state = workbench.getState()
    const at = { x: event.clientX - left, y: event.clientY - top }
    const by = panTo(at, state.view, state.stageSize, size, map)
    state.panBy(by.x, by.y)
  }

  return (
    <div
      className="minimap"
      data-testid="minimap"
      aria-hidden="true"
      style={{ width, height }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        move(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && move(event)}
    >
      <canvas ref={canvas} style={{ width, height }} />
      <div ref={frame} className="minimap-part" />
    </div>
  )
}

/** @param photo what is on the stage */
export const Minimap = ({ workbench, photo }: { workbench: Workbench; photo: Photo | null }) => {
  const isOn = useStore(workbench, (state) => state.look.minimap && showsPart(state))
  const image = useStore(workbench, (state) => state.image)
  const size = sizeOf(image)
  if (!isOn || !size || photo === null || photo.imageId !== image?.id) return null
  return <Shown workbench={workbench} photo={photo} size={size} />
}
