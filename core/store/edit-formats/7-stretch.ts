/**
 * From format 7 to 8 of a stored Diff: what is black and white in a picture of more than 8 bits can be set by hand, and
 * was not. Frozen: once released it is never edited, a later change is a later format.
 */
interface Images {
  readonly updated: readonly (readonly object[])[]
}

/** @throws TypeError when it is no Diff */
export const upcastToStretch = (diff: object): object => {
  const { images } = diff as { images: Images }
  const updated = images.updated.map((pair) => pair.map((record) => ({ ...record, stretch: null })))
  return { ...diff, images: { ...images, updated } }
}
