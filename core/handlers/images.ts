/** Calls about images. */
import { settlePicture } from '../editing/changed-picture.ts'
import type { Of, Parts } from './parts.ts'

export const imageHandlers = ({ workspace, readTones }: Parts): Of<'images'> => ({
  'images.list': ({ offset, limit, filter }) => {
    const { images } = workspace.project().store
    return { total: images.total(filter), items: images.page(filter, offset, limit) }
  },
  'images.locate': ({ imageId, filter }) => ({
    index: workspace.project().store.images.locate(imageId, filter),
    before: workspace.project().store.images.before(imageId, filter),
  }),
  'images.next': ({ after, state, filter }) => ({
    index: workspace.project().store.images.next(after, state, filter),
  }),
  'images.counts': ({ text }) => workspace.project().store.images.counts(text),
  'images.tags': () => ({ tags: workspace.project().store.images.tags() }),
  'images.open': async ({ imageId }) => {
    const { store, editing, facts } = workspace.project()
    const image = await facts.compare(imageId)
    if (image.contentHash === null && image.problem === null) facts.hashLater(imageId)
    return {
      image,
      annotations: store.annotations.ofImage(imageId),
      ...editing.history(imageId),
    }
  },
  'images.authors': ({ imageId }) => {
    const { store } = workspace.project()
    const authorOf = store.authors.ofImage(imageId)
    const authors = store.annotations.ofImage(imageId).flatMap(({ id }) => {
      const author = authorOf(id)
      return author === null ? [] : [{ id, author }]
    })
    return { authors }
  },
  'images.settle': async ({ imageId, how }) => {
    const { store, editing, facts } = workspace.project()
    await facts.compare(imageId)
    facts.store()
    settlePicture(store, editing, imageId, how)
    facts.hashLater(imageId)
    return {}
  },
  'images.tones': async ({ imageId }) => ({ tones: await readTones(imageId) }),
  'images.showBands': ({ bands, shown }) => {
    workspace.project().showBands(bands, shown)
    return {}
  },
  'images.countChanged': async () => {
    const { store, facts } = workspace.project()
    for (const imageId of store.pictures.labelled()) await facts.compare(imageId)
    facts.store()
    return { changed: store.pictures.countChanged() }
  },
})
