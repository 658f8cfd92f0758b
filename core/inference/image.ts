/** An image as both sides of inference know it. */
import type { ImageId, ImageItem } from '../../common/model.ts'
import { fileOf } from '../images/facts.ts'

/** An image as inference needs it. */
export interface InferenceImage {
  readonly id: ImageId
  /** Absolute path. */
  readonly file: string
  /** Names the embedding on disk; believed while the file is as `read` says, else computed from its bytes. */
  readonly contentHash: string | null
  /** The file of which `contentHash` is, and its upright size: with both nothing of it need be read. */
  readonly read?: Pick<ImageItem, 'bytes' | 'modifiedAt' | 'width' | 'height'>
}

export const inferenceImageOf = (folder: string, image: ImageItem): InferenceImage => {
  const { id, path, contentHash, bytes, modifiedAt, width, height } = image
  return { id, file: fileOf(folder, path), contentHash, read: { bytes, modifiedAt, width, height } }
}
