/**
 * From format 1 to 2 of a stored Diff: images came in. Frozen: once released it is never edited, a later change is a
 * later format.
 */
export const upcastToImages = (diff: object): object => ({ ...diff, images: { updated: [] } })
