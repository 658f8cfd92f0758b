/** How fine the outlines of the selected objects are, as long as they keep the mask that they were made from. */
import { useEffect, useRef } from 'react'
import {
  useApp,
  useSession,
  useView,
  useWorkbench,
  useWorkbenchActions,
} from '../../state/session-context.ts'
import type { DetailState } from '../../tools/detail-state.ts'
import { Tip } from '../controls/Tip.tsx'
import { count, plural } from '../words.ts'

/** Where the slider ends, image pixels. */
const COARSEST = 5
const STEP = 0.1

const pixels = (detail: number): string => `${Number(detail.toFixed(2))} px`

const NO_FIT = 'The outline was moved or replaced: its mask says nothing of it any more.'

const tipOf = ({ isLocked, fitting }: DetailState): string => {
  if (isLocked) return 'Locked: unlock it to change its detail.'
  if (fitting === 0) return NO_FIT
  return 'How far the outline may stray from its mask. Nothing is lost by it, not what was mended by hand either. Double click: as new masks have it.'
}

const figuresOf = ({ vertices, iou, fitting, objects }: DetailState): string => {
  const points = vertices === 1 ? '1 vertex' : `${count(vertices)} vertices`
  if (fitting === 0) return `${points}, no fitting mask`
  const mean = objects > 1 ? 'mean IoU' : 'IoU'
  return `${points}, ${mean} ${iou === null ? '…' : iou.toFixed(3)}`
}

export const DetailBar = () => {
  const detail = useWorkbench((state) => state.detail)
  const usual = useApp((state) => state.settings?.tolerance ?? 0.5)
  const isAsked = useView((state) => state.detailAsked)
  const actions = useWorkbenchActions()
  const { view } = useSession()
  const slider = useRef<HTMLInputElement>(null)
  const isDragged = useRef(false)
  const isThere = detail !== null
  useEffect(() => {
    if (!isAsked) return
    view.set({ detailAsked: false })
    slider.current?.focus()
  }, [isAsked, view])
  useEffect(() => {
    if (!isThere) isDragged.current = false
  }, [isThere])
  if (!detail) return null
  const release = () => {
    isDragged.current = false
    actions.settleDetail()
  }
  const isOff = detail.isLocked || detail.fitting === 0
  return (
    <div className="detail-bar" role="group" aria-label="Detail of the outline" data-testid="detail-bar">
      <Tip text={tipOf(detail)} action="detail" side="left">
        <label className="detail-slider">
          <span>Detail</span>
          <input
            ref={slider}
            type="range"
            min={0}
            max={COARSEST}
            step={STEP}
            value={Math.min(COARSEST, detail.detail)}
            disabled={isOff}
            aria-valuetext={`${pixels(detail.detail)}: ${figuresOf(detail)}`}
            data-testid="detail"
            onPointerDown={() => (isDragged.current = true)}
            onPointerUp={release}
            onPointerCancel={release}
            onBlur={release}
            onChange={({ target }) =>
              actions.setDetail(
                Math.min(COARSEST, Number(target.valueAsNumber.toFixed(2))),
                isDragged.current,
              )
            }
            onDoubleClick={() => actions.setDetail(usual, false)}
          />
          <output>{detail.isMixed ? 'mixed' : pixels(detail.detail)}</output>
        </label>
      </Tip>
      <div className="detail-figures" data-testid="detail-figures">
        {detail.objects > 1 && `${plural(detail.objects, 'mask')}: `}
        {figuresOf(detail)}
      </div>
    </div>
  )
}
