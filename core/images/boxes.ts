/** The boxes that JPEG 2000 (ISO/IEC 15444-1, annex I) and HEIF (ISO/IEC 14496-12) files are made of. */

/** More boxes than a picture has, so that a file of tiny ones ends. */
const MOST_BOXES = 1000

/**
 * Calls `visit` with each box's type and where its body starts and ends, until it answers false. The end may lie behind
 * the bytes.
 * @throws RangeError when a head goes on behind the bytes
 */
export const visitBoxes = (
  bytes: Buffer,
  start: number,
  end: number,
  visit: (type: string, from: number, to: number) => boolean,
) => {
  for (let at = start, seen = 0; at + 8 <= end && seen < MOST_BOXES; seen++) {
    const short = bytes.readUInt32BE(at)
    const head = short === 1 ? 16 : 8
    const length = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short
    if (length < head) return
    if (!visit(bytes.toString('latin1', at + 4, at + 8), at + head, at + length)) return
    at += length
  }
}
