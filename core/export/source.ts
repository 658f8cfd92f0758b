/** What an export reads: the narrow view of a project that `core.ts` supplies. Reading only, but for `measure` and `keepSides`. */
import type { ImageFilter } from '../../common/contract/images.ts'
import type { Rendition } from '../../common/rendition.ts'
import type { CopyType } from '../images/pictures.ts'
import type { DamagedObject } from '../../common/contract/damaged.ts'
import type { Annotation, ImageId, ImageItem, Label, Side } from '../../common/model.ts'

/** An image and everything on it, read in one go, so that both are of the same moment. */
export interface SourceImage {
  readonly image: ImageItem
  /** In the order in which they were made. */
  readonly annotations: readonly Annotation[]
  /** Objects whose records can't be read. */
  readonly damaged: readonly DamagedObject[]
}

export interface ExportSource {
  /** The folder of images, absolute. */
  readonly folder: string
  /** Every image of the folder, in the order of the list; also those with a problem. */
  imageIds(): readonly ImageId[]
  /** Those that the filter means. @throws CodedError bad-input when its text is no query */
  filtered(filter: ImageFilter): readonly ImageId[]
  /** The stored path of every image, as `imageIds` has them. */
  imagePaths(): Iterable<string>
  /** Every label, ordered by `position`. */
  labels(): readonly Label[]
  /** The images with these ids, in this order; ids that are gone are skipped. Called with at most 500 ids. */
  read(ids: readonly ImageId[]): readonly SourceImage[]
  /**
   * Absolute path of the image's file.
   * @throws CodedError image-unreadable when it is gone, leads out of the folder, or is no regular file
   */
  fileOf(image: Pick<ImageItem, 'path'>): Promise<string>
  /**
   * Looks at the file as it is now, and reads it when it is new or has changed: size and orientation, and its hash when
   * only that tells whether it is what its objects were made on. Resolves to the item with width, height and
   * orientation, or with `problem`; rejects only when the store fails. Called for up to 8 at once.
   */
  measure(image: ImageItem): Promise<ImageItem>
  /** Stores on which side each image is, for later exports. */
  keepSides(sides: ReadonlyMap<ImageId, Side>): void
  /** A small upright picture of it, WebP, of the file alone. @throws CodedError image-unreadable */
  thumbnail(image: Pick<ImageItem, 'path'>): Promise<Uint8Array>
  /** The file's upright pixels as another file, without metadata. @throws CodedError image-unreadable */
  encodeUpright(file: string, type: CopyType, rendition: Rendition | null): Promise<Uint8Array>
}
