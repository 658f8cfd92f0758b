/**
 * The keys of a list whose rows are one Tab stop: up and down go from row to row, right and left through the buttons
 * of a row. Alt is the row's own.
 */
import type { KeyboardEvent } from 'react'

const ROW_OF = '[role="row"]'

const targetOf = (key: string, row: Element, list: Element, from: Element): Element | undefined => {
  const rows = [...list.querySelectorAll(ROW_OF)]
  const stops = [row, ...row.querySelectorAll('button')]
  switch (key) {
    case 'ArrowDown':
      return rows[rows.indexOf(row) + 1]
    case 'ArrowUp':
      return rows[rows.indexOf(row) - 1]
    case 'Home':
      return rows[0]
    case 'End':
      return rows.at(-1)
    case 'ArrowRight':
      return stops[stops.indexOf(from) + 1]
    case 'ArrowLeft':
      return stops[stops.indexOf(from) - 1]
  }
}

/** For the list's onKeyDown. */
export const onRowKeys = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const from = event.target instanceof Element ? event.target : null
  // Menus of a row send their keys up through React's tree too.
  const row = from && event.currentTarget.contains(from) ? from.closest(ROW_OF) : null
  if (!from || !row || from instanceof HTMLInputElement) return
  const target = targetOf(event.key, row, event.currentTarget, from)
  if (!(target instanceof HTMLElement)) return
  event.preventDefault()
  target.focus()
}
