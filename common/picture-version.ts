/** Names of pictures for the caches between the core and the page. */
import type { ImageItem, ProjectInfo } from './model.ts'
import { nameOfRendition, renditionOf } from './rendition.ts'

/**
 * Names the file, its bytes and how they are shown for the caches of pictures, which outlive the folder that is open; the same before and
 * after the file was first read.
 */
export const versionOf = (project: Pick<ProjectInfo, 'file'> | null, image: ImageItem): string => {
  const { path, modifiedAt, bytes } = image
  const rendition = nameOfRendition(renditionOf(image))
  return [modifiedAt, bytes, project?.file, path, ...(rendition === '' ? [] : [rendition])].join('-')
}
