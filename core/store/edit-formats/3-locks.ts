/**
 * From format 3 to 4 of a stored Diff: objects and classes can be locked, and were not. Frozen: once released it is never
 * edited, a later change is a later format.
 */
interface Records {
  readonly added: readonly object[]
  readonly updated: readonly (readonly object[])[]
  readonly removed: readonly object[]
}

const unlocked = (record: object) => ({ ...record, locked: false })

const withLocks = ({ added, updated, removed }: Records) => ({
  added: added.map(unlocked),
  updated: updated.map((pair) => pair.map(unlocked)),
  removed: removed.map(unlocked),
})

/** @throws TypeError when it is no Diff */
export const upcastToLocks = (diff: object): object => {
  const { labels, annotations } = diff as { labels: Records; annotations: Records }
  return { ...diff, labels: withLocks(labels), annotations: withLocks(annotations) }
}
