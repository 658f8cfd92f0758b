/**
 * The pictures that the core gives out: for the page, for the list, for an export. Nothing is decoded here: the file's
 * own bytes where Chromium shows them upright, in the frame of decode.ts, and else what a decoder process makes of it.
 * Originals are only read.
 */
import type { CropWindow } from '../../common/contract/gallery.ts'
import { CodedError } from '../../common/errors.ts'
import { tonesSchema, type Rendition, type Tones } from '../../common/rendition.ts'
import type { DecoderProcess } from './decoder/process.ts'
import { checkClaims, isDeepPng, readClaims } from './claims.ts'
import type { CopyType, EncodedPicture, Make } from './decoder/messages.ts'
import { createDecoderPool } from './decoder/pool.ts'
import { notAnImage } from './failures.ts'
import { formatOf, hasOddTurn, isUnshown, type ImageFormat, type UnshownFormat } from './orientation.ts'
import { readImageFile } from './read-file.ts'
import { createRefusals } from './refusals.ts'
import { createThumbnailCache } from './thumbnails.ts'

export type { CopyType, EncodedPicture }

/** Of each: how the picture is shown; left out, as it is read. */
export interface Pictures {
  /**
   * What the page shows: Chromium shows it upright.
   * @param decoded our own pixels, also of what Chromium can show
   * @throws CodedError image-unreadable, with what happened
   */
  display(file: string, rendition?: Rendition | null, decoded?: boolean): Promise<EncodedPicture>
  /** A small WebP for the list. @throws CodedError image-unreadable */
  thumbnail(file: string, rendition?: Rendition | null): Promise<EncodedPicture>
  /** Square parts, CROP_SIDE pixels each, under each other in one WebP. @throws CodedError image-unreadable */
  crops(file: string, windows: readonly CropWindow[], rendition?: Rendition | null): Promise<EncodedPicture>
  /** Upright pixels without metadata, as a file of this type. @throws CodedError image-unreadable */
  copy(file: string, type: CopyType, rendition?: Rendition | null): Promise<Uint8Array>
  /** The values of a picture, of the bands that are shown; null of one of 8 bits. @throws CodedError image-unreadable */
  tones(file: string, rendition?: Rendition | null): Promise<Tones | null>
  /** Soon a picture will be decoded: readies what does it. */
  warm(): void
  /** Ends the decoder processes. */
  close(): void
}

export interface PicturesOptions {
  /** Thumbnails, and what is known of files that can't be decoded, are kept in it. */
  readonly dataFolder: string
  readonly startProcess: () => DecoderProcess
  /** See `DecoderPoolOptions`. */
  readonly seconds?: (pixels: number) => number
}

/** Chromium applies the orientation of these itself, as decode.ts does. */
const shownAsTheyAre: Record<Exclude<ImageFormat, UnshownFormat>, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  bmp: 'image/bmp',
  gif: 'image/gif',
  avif: 'image/avif',
}

export const createPictures = ({ dataFolder, ...options }: PicturesOptions): Pictures => {
  const pool = createDecoderPool(options)
  const refusals = createRefusals(dataFolder)

  const refuseKnown = async (file: string) => {
    const reason = await refusals.reasonOf(file)
    if (reason !== null) throw new CodedError('image-unreadable', reason)
  }

  const make = async (
    wanted: Make,
    file: string,
    rendition: Rendition | null,
    windows?: readonly CropWindow[],
  ): Promise<EncodedPicture> => {
    await refuseKnown(file)
    const outcome = await pool.make(wanted, file, rendition, windows)
    if (outcome.type === 'made') return outcome.picture
    if (outcome.lasting) await refusals.remember(file, outcome.error.message)
    throw outcome.error
  }

  const thumbnails = createThumbnailCache(dataFolder, (file, rendition, windows) =>
    make(windows === undefined ? 'thumbnail' : 'crops', file, rendition, windows),
  )

  return {
    async display(file, rendition = null, decoded = false) {
      const bytes = await readImageFile(file)
      const format = formatOf(bytes)
      if (format === null) throw notAnImage()
      const claims = readClaims(bytes)
      if (claims !== null) checkClaims(claims, bytes.length)
      // Browsers differ about a tag of another form; ours is drawn as it is read here.
      const isOurs = decoded || (format === 'png' && isDeepPng(bytes)) || hasOddTurn(bytes)
      if (isOurs || isUnshown(format)) return make('display', file, rendition)
      await refuseKnown(file)
      return { bytes, contentType: shownAsTheyAre[format] }
    },
    thumbnail: (file, rendition = null) => thumbnails.read(file, rendition),
    crops: (file, windows, rendition = null) => thumbnails.read(file, rendition, windows),
    copy: async (file, type, rendition = null) => (await make(`${type}-copy`, file, rendition)).bytes,
    async tones(file, rendition = null) {
      const { bytes } = await make('tones', file, rendition)
      return tonesSchema.nullable().parse(JSON.parse(Buffer.from(bytes).toString()))
    },
    warm: () => pool.warm(),
    close: () => pool.close(),
  }
}
