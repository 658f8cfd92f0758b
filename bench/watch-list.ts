/** Runs in the page: how long the list of images takes to follow, from a key until its frame is painted. */

declare global {
  interface Window {
    /** Ms of what `watchList` waits for. */
    benchList?: Promise<number>
  }
}

/**
 * Waits from the next key until the list has followed it; self-contained, as it crosses to the page as text.
 * @param what 'counts': the marks of the row of the image on screen, and how much of the project is done; 'order': the rows
 * in sight are others at the same places, and the number of the image on screen is as it will stay
 */
export const watchList = (what: 'counts' | 'order'): void => {
  const list = document.querySelector<HTMLElement>('[data-testid=image-list]')
  if (list === null) throw new Error('There is no list of images.')
  const rows = () => [...list.querySelectorAll<HTMLElement>('[data-testid=image-row]')]
  const placesOf = () =>
    new Map(rows().map((row) => [row.parentElement?.style.transform, row.dataset.imageId]))
  const row = rows().find((one) => one.ariaSelected === 'true')
  if (row === undefined) throw new Error('The image on screen is not in sight in the list.')
  const marksOf = () => row.querySelector('.badge')?.textContent ?? ''
  const places = placesOf()
  const marks = marksOf()
  const hasFollowed =
    what === 'counts'
      ? () => marksOf() !== marks
      : () => [...placesOf()].some(([place, id]) => places.has(place) && places.get(place) !== id)
  window.benchList = new Promise((resolve) => {
    let start = 0
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Shift') return
      window.removeEventListener('keydown', onKey, true)
      start = performance.now()
    }
    window.addEventListener('keydown', onKey, true)
    const observer = new MutationObserver(() => {
      if (start === 0 || !hasFollowed()) return
      observer.disconnect()
      requestAnimationFrame(() => {
        // Before whatever else waits for the thread: it comes as soon as the frame is handed over.
        void scheduler.postTask(() => resolve(performance.now() - start), { priority: 'user-blocking' })
      })
    })
    observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true })
  })
}
