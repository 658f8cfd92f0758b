/**
 * From format 5 to 6 of a stored Diff: a class can have a key of its own, a class above it and a description, and had
 * none. Frozen: once released it is never edited, a later change is a later format.
 */
interface Labels {
  readonly added: readonly object[]
  readonly updated: readonly (readonly object[])[]
  readonly removed: readonly object[]
}

const plain = (label: object) => ({ ...label, key: null, supercategory: null, description: null })

/** @throws TypeError when it is no Diff */
export const upcastToClasses = (diff: object): object => {
  const { added, updated, removed } = (diff as { labels: Labels }).labels
  return {
    ...diff,
    labels: {
      added: added.map(plain),
      updated: updated.map((pair) => pair.map(plain)),
      removed: removed.map(plain),
    },
  }
}
