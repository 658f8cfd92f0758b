/**
 * From format 6 to 7 of a stored Diff: images can be flagged, reviewed and tagged, objects can be proposals, have
 * attributes, a group and a track, and classes say which attributes their objects have; none was. Frozen: once released
 * it is never edited, a later change is a later format.
 */
interface Records {
  readonly added: readonly object[]
  readonly updated: readonly (readonly object[])[]
  readonly removed: readonly object[]
}

const each = ({ added, updated, removed }: Records, change: (record: object) => object) => ({
  added: added.map(change),
  updated: updated.map((pair) => pair.map(change)),
  removed: removed.map(change),
})

/** @throws TypeError when it is no Diff */
export const upcastToStatesAndAttributes = (diff: object): object => {
  const { labels, annotations, images } = diff as {
    labels: Records
    annotations: Records
    images: Pick<Records, 'updated'>
  }
  return {
    ...diff,
    labels: each(labels, (label) => ({ ...label, attributes: [] })),
    annotations: each(annotations, (object) => ({
      ...object,
      proposed: false,
      groupId: null,
      trackId: null,
      attributes: {},
    })),
    images: {
      ...images,
      updated: images.updated.map((pair) =>
        pair.map((record) => ({ ...record, flag: null, reviewed: null, tags: [] })),
      ),
    },
  }
}
