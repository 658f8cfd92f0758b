/** Runs in the page: what one event of pointer or key costs the page's thread, until its frame is painted. */

declare global {
  interface Window {
    /** Ms of the event that `watchNext` waits for. */
    benchHand?: Promise<number>
    /** Ms of the opening that `watchOpening` waits for. */
    benchOpened?: Promise<number>
  }
}

/**
 * Waits for the next event of a type; self-contained, as it crosses to the page as text. What is counted is the event's
 * task with all listeners, and the frame that follows with its painting, not the time between the two, in which the page
 * waits for the screen. After a press Chromium holds all messages back until that frame is painted
 * (DeferRendererTasksAfterInput): they can't tell when the listeners were done, and run after the frame.
 */
export const watchNext = (type: string): void => {
  window.benchHand = new Promise((resolve) => {
    window.addEventListener(
      type,
      () => {
        const start = performance.now()
        // For processor-time.ts, as is the next.
        performance.mark('bench:event')
        const { port1, port2 } = new MessageChannel()
        let handled = Infinity
        let frame = 0
        // The last listener of the event, or of the mouse's event that follows it in the same task.
        const onLast = () => (handled = performance.now())
        for (const last of [type, type.replace('pointer', 'mouse')])
          window.addEventListener(last, onLast, { once: true })
        port1.onmessage = () => {
          if (frame === 0) handled = performance.now()
        }
        port2.postMessage('task')
        // Asked for before all others of this frame: it runs first.
        requestAnimationFrame(() => {
          frame = performance.now()
          performance.mark('bench:frame')
          // Before what was held back, which the frame did not wait for either.
          void scheduler.postTask(
            () => {
              const now = performance.now()
              // An event that comes with its frame is one task with it.
              const isApart = handled <= frame
              resolve(isApart ? handled - start + now - frame : now - start)
            },
            { priority: 'user-blocking' },
          )
        })
      },
      { capture: true, once: true },
    )
  })
}

/** Waits from the next key until another image with its objects is painted; self-contained as well. */
export const watchOpening = (): void => {
  const stage = document.querySelector('[data-testid=stage]')
  if (stage === null) throw new Error('There is no stage.')
  const before = stage.getAttribute('data-image')
  window.benchOpened = new Promise((resolve) => {
    let start = 0
    window.addEventListener('keydown', () => (start = performance.now()), { capture: true, once: true })
    const observer = new MutationObserver(() => {
      if (stage.getAttribute('data-image') === before || stage.getAttribute('data-loading') !== 'false')
        return
      observer.disconnect()
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - start)
        port2.postMessage(null)
      })
    })
    observer.observe(stage, { attributes: true, attributeFilter: ['data-image', 'data-loading'] })
  })
}
