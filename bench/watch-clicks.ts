/**
 * Runs in the page: takes the times of each click from the pointer's release until its polygon is painted. Only what
 * a user of the page can see is read, and the measure that the segmenter leaves of each answer.
 */

/** Milliseconds. */
export interface ClickTimes {
  /** From the release. */
  readonly total: number
  /** From the press, as `asked`: the question is asked while the button is held, or before, where the pointer rests. */
  readonly fromPress: number
  readonly asked: number
  readonly wait: number
  readonly encode: number
  readonly decode: number
  readonly call: number
  readonly polygon: number
  /** Of `polygon`, in the worker. */
  readonly upsample: number
  readonly contour: number
  readonly simplify: number
  readonly shown: number
}

type SegmentDetail = Omit<ClickTimes, 'total' | 'fromPress' | 'asked' | 'shown'>

declare global {
  interface Window {
    /** The times of the next click; nothing polls for them, which would make the page draw. */
    benchClick?: () => Promise<ClickTimes>
  }
}

/**
 * Installs itself in the page; self-contained, as it crosses to the page as text.
 * @param pressed name of the mark for a trace, see trace-tasks.ts
 */
export const watchClicks = (pressed: string): void => {
  const stage = document.querySelector('[data-testid=stage]')
  if (stage === null) throw new Error('There is no stage.')
  let tell: (times: ClickTimes) => void = () => undefined
  window.benchClick = () => new Promise((resolve) => (tell = resolve))
  let pressedAt = 0
  let released: number | null = null
  let asked: { start: number; detail: SegmentDetail } | null = null
  const onPress = (event: Event) => {
    pressedAt = event.timeStamp
    released = null
    performance.mark(pressed)
  }
  stage.addEventListener('pointerdown', onPress, true)
  stage.addEventListener('pointerup', (event) => (released = event.timeStamp), true)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName('maskwright:segment'))
      asked = { start: entry.startTime, detail: (entry as PerformanceMeasure).detail as SegmentDetail }
  }).observe({ type: 'measure' })
  const painted = () => {
    const now = performance.now()
    if (released === null || asked === null) return
    performance.clearMarks(pressed)
    const { start, detail } = asked
    tell({
      ...detail,
      total: now - released,
      fromPress: now - pressedAt,
      asked: start - pressedAt,
      shown: now - Math.max(released, start + detail.call + detail.polygon),
    })
    released = null
  }
  new MutationObserver(() => {
    if (released === null || stage.getAttribute('data-status') !== 'ready') return
    // After the frame that paints it: a task that is queued in the frame runs behind it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = painted
      port2.postMessage(null)
    })
  }).observe(stage, { attributes: true, attributeFilter: ['data-status', 'data-prompts'] })
}
