/** The stage: the photo, its annotations and the shape in the making, on canvases one over the other. */
import { t } from '../texts/t.ts'
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { ImageId, Label } from '../../common/model.ts'
import type { PanelsStore } from '../state/panels-store.ts'
import type { Workbench, WorkbenchStore } from '../workbench/store.ts'
import { toolOf } from '../tools/tool-states.ts'
import { createPainter, type Painter } from './painter.ts'
import { listenToPointer } from './pointer.ts'
import { Crosshair } from './Crosshair.tsx'
import type { Photo } from './image-layer.ts'
import { Minimap } from './Minimap.tsx'
import { PickBox } from './PickBox.tsx'
import { usePhoto } from './use-photo.ts'
import { useStatusText } from './use-status-text.ts'

export interface StageProps {
  readonly workbench: Workbench
  /** The same, for what is not drawn by the painter. */
  readonly panels: PanelsStore
  readonly imageUrl: (imageId: ImageId) => string
  readonly labels: readonly Label[]
}

const fill: CSSProperties = { position: 'absolute', inset: 0 }
const layer: CSSProperties = { ...fill, pointerEvents: 'none' }
/** A canvas that is moved about: by a transform, which needs no layout. */
const moved: CSSProperties = {
  position: 'absolute',
  left: 0,
  top: 0,
  pointerEvents: 'none',
  willChange: 'transform',
}
/** What holds the stage may set a filter: brightness of the view. */
const photoLayer: CSSProperties = { ...moved, filter: 'var(--photo-filter, none)' }
const unseenLayers: CSSProperties = { ...layer, display: 'none' }
const unseen: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

const cursorFor = (state: WorkbenchStore): string =>
  state.image ? toolOf(state.tool).cursor(state.tools[state.tool], state) : 'default'

export function Stage({ workbench, panels, imageUrl, labels }: StageProps) {
  const root = useRef<HTMLDivElement>(null)
  const image = useRef<HTMLCanvasElement>(null)
  const shapes = useRef<HTMLCanvasElement>(null)
  const emphasis = useRef<HTMLCanvasElement>(null)
  const names = useRef<HTMLCanvasElement>(null)
  const active = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const painter = useRef<Painter | null>(null)
  const [photo, setPhoto] = useState<Photo | null>(null)
  const screen = useRef<Pick<Painter, 'setPhoto'>>({
    setPhoto(next) {
      painter.current?.setPhoto(next)
      setPhoto(next)
    },
  })
  /** Reached with Tab, and nothing done since. Browsers would also ring it after a menu, or at a key after a click. */
  const [ringed, setRinged] = useState(false)
  const tabbed = useRef(false)
  useEffect(() => {
    const onKey = ({ key }: globalThis.KeyboardEvent) => {
      tabbed.current = key === 'Tab'
      setRinged(false)
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])

  const masks = useStore(panels, (state) => state.masks)
  const committing = useStore(panels, (state) => state.committing)
  const preview = useStore(panels, (state) => state.preview)
  const count = useStore(panels, (state) => state.annotations.length)
  const scale = useStore(panels, (state) => state.scale)
  const loading = useStore(panels, (state) => state.loading)
  const tool = useStore(panels, (state) => state.tool)
  const selected = useStore(panels, (state) => state.selected)
  const selectedCount = useStore(panels, (state) => state.selection.size)
  const peeking = useStore(panels, (state) => state.peeking)
  const imageId = useStore(panels, (state) => state.image?.id ?? null)
  const text = useStatusText(panels)
  const cursor = useStore(panels, cursorFor)

  useEffect(() => {
    const element = root.current
    if (!element || !image.current || !shapes.current || !emphasis.current) return
    if (!names.current || !active.current || !overlay.current) return
    const canvases = {
      image: image.current,
      shapes: shapes.current,
      emphasis: emphasis.current,
      names: names.current,
      active: active.current,
      overlay: overlay.current,
    }
    const made = createPainter(canvases, workbench)
    painter.current = made
    const resize = () =>
      workbench.getState().resizeStage({ width: element.clientWidth, height: element.clientHeight })
    const observer = new ResizeObserver(resize)
    observer.observe(element)
    resize()
    const stop = listenToPointer(element, workbench)
    return () => {
      painter.current = null
      observer.disconnect()
      stop()
      made.close()
    }
  }, [workbench])

  useEffect(() => painter.current?.setLabels(labels), [labels, workbench])
  usePhoto(workbench, imageUrl, screen)

  const onKeyDown = (event: KeyboardEvent) => {
    const way = arrows[event.key]
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return
    const far = event.shiftKey ? 10 : 1
    if (workbench.getState().nudge(way[0] * far, way[1] * far)) event.preventDefault()
  }

  return (
    <>
      <div
        ref={root}
        role="application"
        aria-label={t('Image')}
        aria-describedby="stage-status"
        tabIndex={0}
        className="stage"
        style={{
          ...fill,
          overflow: 'hidden',
          touchAction: 'none',
          userSelect: 'none',
          outline: ringed ? '2px solid var(--accent, currentColor)' : 'none',
          outlineOffset: -2,
          cursor,
        }}
        onFocus={(event) => setRinged(tabbed.current && event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setRinged(false)}
        // A state that is set, though to what it was, may have React render within the press.
        onPointerDown={ringed ? () => setRinged(false) : undefined}
        onKeyDown={onKeyDown}
        data-stage=""
        data-testid="stage"
        data-tool={tool}
        data-image={imageId ?? ''}
        data-loading={loading}
        data-status={masks.status}
        data-prompts={masks.prompts.length}
        data-candidates={masks.candidates.length}
        data-chosen={masks.chosen}
        data-committing={committing}
        data-zoom={masks.crop ? `${masks.crop.width}x${masks.crop.height}` : ''}
        data-refining={masks.refining?.id ?? ''}
        data-preview={preview ? '' : undefined}
        data-annotations={count}
        data-peeking={peeking ? '' : undefined}
        data-selected={selected ?? ''}
        data-selected-count={selectedCount}
        data-scale={scale}
      >
        <canvas ref={image} style={photoLayer} aria-hidden="true" />
        <div style={peeking ? unseenLayers : layer} aria-hidden="true">
          <canvas ref={shapes} style={moved} data-layer="shapes" />
          <canvas ref={emphasis} style={moved} />
          <canvas ref={names} style={layer} />
          <canvas ref={active} style={moved} />
          <canvas ref={overlay} style={moved} />
        </div>
        <Crosshair workbench={workbench} />
        <PickBox workbench={workbench} />
        <div id="stage-status" role="status" style={unseen}>
          {text}
        </div>
      </div>
      <Minimap workbench={workbench} photo={photo} />
    </>
  )
}
