/** Names of pictures for the caches between the core and the page. */
import type { ImageItem, ProjectInfo } from './model.ts'

/**
 * Names the file and its bytes for the caches of pictures, which outlive the folder that is open; the same before and
 * after the file was first read.
 */
export const versionOf = (
  project: Pick<ProjectInfo, 'file'> | null,
  { path, modifiedAt, bytes }: ImageItem,
): string => [modifiedAt, bytes, project?.file, path].join('-')
