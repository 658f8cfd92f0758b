/** What an export reads of a project. */
import { PAGE } from '../export/run.ts'
import type { ExportSource } from '../export/export-project.ts'
import { imageFileOf } from '../images/image-file.ts'
import type { Pictures } from '../images/pictures.ts'
import type { Project } from './project.ts'

type Parts = Pick<Project, 'folder' | 'store' | 'facts'>

export const exportSourceOf = (
  { folder, store, facts }: Parts,
  pictures: Pick<Pictures, 'thumbnail' | 'copy'>,
  keepSides: ExportSource['keepSides'],
): ExportSource => ({
  folder,
  imageIds: () => store.images.ids(),
  filtered: (filter) => store.images.ids(filter),
  *imagePaths() {
    const ids = store.images.ids()
    for (let start = 0; start < ids.length; start += PAGE)
      for (const { path } of store.images.getMany(ids.slice(start, start + PAGE))) yield path
  },
  labels: () => store.labels.list(),
  read: (ids) =>
    store.images.getMany(ids).map((image) => ({ image, ...store.annotations.readImage(image.id) })),
  fileOf: (image) => imageFileOf(folder, image.path),
  measure: (image) => facts.compare(image.id),
  keepSides,
  thumbnail: async (image) => (await pictures.thumbnail(await imageFileOf(folder, image.path))).bytes,
  encodeUpright: (file, type, rendition) => pictures.copy(file, type, rendition),
})
