/**
 * What lies behind an open menu or dialog is hidden from screen readers by Radix (`aria-hidden`), and still takes the
 * focus. This makes it inert as well, for as long.
 */

/** Radix marks what it hides with it. */
const MARK = 'data-aria-hidden'

/** @returns a function that stops it */
export const makeHiddenInert = (root: HTMLElement): (() => void) => {
  const observer = new MutationObserver((records) => {
    for (const { target } of records)
      if (target instanceof HTMLElement) target.inert = target.hasAttribute(MARK)
  })
  observer.observe(root, { attributes: true, attributeFilter: [MARK], subtree: true })
  return () => observer.disconnect()
}
