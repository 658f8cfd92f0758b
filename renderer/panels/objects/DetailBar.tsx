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
import { t } from '../../texts/t.ts'

/** Where the slider ends, image pixels. */
const COARSEST = 5
const STEP = 0.1

const pixels = (detail: number): string => `${Number(detail.toFixed(2))} px`

const tipOf = ({ isLocked, fitting }: DetailState): string => {
  if (isLocked) return t('Locked: unlock it to change its detail.')
  if (fitting === 0) return t('The outline was moved or replaced: its mask says nothing of it any more.')
  return t(
    'How far the outline may stray from its mask. Nothing is lost by it, not what was mended by hand either. Double click: as new masks have it.',
  )
}

const figuresOf = ({ vertices, iou, fitting, objects }: DetailState): string => {
  if (fitting === 0)
    return t('{count, plural, one {# vertex} other {# vertices}}, no fitting mask', { count: vertices })
  const values = { count: vertices, iou: iou === null ? '…' : iou.toFixed(3) }
  return objects > 1
    ? t('{count, plural, one {# vertex} other {# vertices}}, mean IoU {iou}', values)
    : t('{count, plural, one {# vertex} other {# vertices}}, IoU {iou}', values)
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
    <div className="detail-bar" role="group" aria-label={t('Detail of the outline')} data-testid="detail-bar">
      <Tip text={tipOf(detail)} action="detail" side="left">
        <label className="detail-slider">
          <span>{t('Detail')}</span>
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
          <output>{detail.isMixed ? t('mixed') : pixels(detail.detail)}</output>
        </label>
      </Tip>
      <div className="detail-figures" data-testid="detail-figures">
        {detail.objects > 1 &&
          `${t('{count, plural, one {# mask} other {# masks}}', { count: detail.objects })}: `}
        {figuresOf(detail)}
      </div>
    </div>
  )
}
