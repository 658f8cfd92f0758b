/** An image as both sides of inference know it. */
import type { ImageId, ImageItem } from '../../common/model.ts'
import { nameOfRendition, renditionOf, type Rendition } from '../../common/rendition.ts'
import { imageFileNow } from '../images/image-file.ts'

/** An image as inference needs it. */
export interface InferenceImage {
  readonly id: ImageId
  /** Absolute path. */
  readonly file: string
  /** Names the embedding on disk; believed while the file is as `read` says, else computed from its bytes. */
  readonly contentHash: string | null
  /** How it is shown to the model; left out or null, as it is read. */
  readonly rendition?: Rendition | null
  /** The file of which `contentHash` is, and its upright size: with both nothing of it need be read. */
  readonly read?: Pick<ImageItem, 'bytes' | 'modifiedAt' | 'width' | 'height'>
}

/** Names what the encoder is shown, in one project and over all. */
export const keyOfImage = ({
  id,
  file,
  rendition = null,
}: Pick<InferenceImage, 'id' | 'file' | 'rendition'>): string => `${id} ${file} ${nameOfRendition(rendition)}`

/** @throws CodedError image-unreadable when the image's stored path leads out of the folder, or to no regular file */
export const inferenceImageOf = (folder: string, image: ImageItem): InferenceImage => {
  const { id, path, contentHash, bytes, modifiedAt, width, height } = image
  const rendition = renditionOf(image)
  return {
    id,
    file: imageFileNow(folder, path),
    contentHash,
    rendition,
    read: { bytes, modifiedAt, width, height },
  }
}
