/**
 * From format 2 to 3 of a stored Diff: the pictures that objects were made on came in. Frozen: once released it is never
 * edited, a later change is a later format.
 */
export const upcastToPictures = (diff: object): object => ({ ...diff, pictures: { updated: [] } })
