/**
 * What a picture may take: the one place of these figures. What a file claims is compared with them before anything
 * is decoded; what goes past them all the same is ended with the process that decodes it.
 */

const MB = 2 ** 20

/** Of the file. It is read into memory whole. */
export const MAX_FILE_BYTES = 1024 * MB

/** Width times height, of the picture or of any frame of it: 268 megapixels, 16,384 x 16,384. */
export const MAX_PIXELS = 2 ** 28

/** That decoding a picture may hold by its own claims: the samples as stored, and 3 bytes for each pixel. */
export const MAX_DECODED_BYTES = 1200 * MB

/** Pages of a TIFF and frames of a GIF that are counted: a file with more is no photo. */
export const MAX_FRAMES = 100_000

/** Of a decoder process; it ends itself above (decoder/host.ts). */
export const DECODER_BYTES = 1536 * MB

/** Flags of a decoder process: the limit of JavaScript's heap, MB. Pixels lie outside of it. */
export const decoderFlags = ['--max-old-space-size=512']

/** One decode may last this many seconds, and one more for each `PIXELS_A_SECOND`. A slow laptop takes a tenth of it. */
const DECODE_SECONDS = 15
const PIXELS_A_SECOND = 4_000_000

/** Seconds that a picture of this number of pixels may take. */
export const secondsFor = (pixels: number): number => DECODE_SECONDS + Math.ceil(pixels / PIXELS_A_SECOND)
