/**
 * Where the focus goes when a menu closes: to the stage, so that Enter and Space mean the object again and do not open
 * the menu once more.
 */
export const returnToStage = (event: Event): void => {
  const stage = document.querySelector('[data-stage]')
  if (!(stage instanceof HTMLElement)) return
  event.preventDefault()
  // What the menu opened has it already.
  if (document.activeElement?.matches('input, [role="dialog"], [role="dialog"] *')) return
  stage.focus({ preventScroll: true })
}
