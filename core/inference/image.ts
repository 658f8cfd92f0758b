/** An image as both sides of inference know it. */
import type { ImageId, ImageItem } from '../../common/model.ts'
import { imageFileNow } from '../images/image-file.ts'

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

/** @throws CodedError image-unreadable when the image's stored path leads out of the folder, or to no regular file */
export const inferenceImageOf = (folder: string, image: ImageItem): InferenceImage => {
  const { id, path, contentHash, bytes, modifiedAt, width, height } = image
  return { id, file: imageFileNow(folder, path), contentHash, read: { bytes, modifiedAt, width, height } }
}
