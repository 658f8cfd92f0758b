/**
 * From format 4 to 5 of a stored Diff: images can be divided into training, validation and test, and were not. Frozen:
 * once released it is never edited, a later change is a later format.
 */
interface Images {
  readonly updated: readonly (readonly object[])[]
}

/** @throws TypeError when it is no Diff */
export const upcastToSides = (diff: object): object => {
  const { images } = diff as { images: Images }
  const updated = images.updated.map((pair) => pair.map((record) => ({ ...record, side: null })))
  return { ...diff, images: { ...images, updated } }
}
