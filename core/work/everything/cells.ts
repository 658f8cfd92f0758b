/** Masks as the decoder makes them, cell by cell: pieces, what two share, and how much of the image's edge they have. Pure. */
import { LOGITS_SIDE } from '../../../common/geometry/letterbox.ts'

export interface CellMask {
  /** [256 * 256] row by row, 1 inside. */
  readonly inside: Uint8Array
  readonly area: number
}

/** The cells with a positive logit, among those that show the image. */
export const cellsOf = (logits: Float32Array, columns: number, rows: number): CellMask => {
  const inside = new Uint8Array(LOGITS_SIDE * LOGITS_SIDE)
  let area = 0
  for (let y = 0; y < rows; y++)
    for (let x = 0, i = y * LOGITS_SIDE; x < columns; x++, i++)
      if (logits[i]! > 0) {
        inside[i] = 1
        area++
      }
  return { inside, area }
}

export const sharedArea = (a: CellMask, b: CellMask): number => {
  let both = 0
  for (let i = 0; i < a.inside.length; i++) both += a.inside[i]! & b.inside[i]!
  return both
}

/** How many cells the mask has along the image's left, right, top and bottom. */
export const sidesOf = ({ inside }: CellMask, columns: number, rows: number): number[] => {
  const sides = [0, 0, 0, 0]
  for (let y = 0; y < rows; y++) {
    sides[0]! += inside[y * LOGITS_SIDE]!
    sides[1]! += inside[y * LOGITS_SIDE + columns - 1]!
  }
  for (let x = 0; x < columns; x++) {
    sides[2]! += inside[x]!
    sides[3]! += inside[(rows - 1) * LOGITS_SIDE + x]!
  }
  return sides
}

/** The connected piece (by sides and corners) that has the cell; null when the cell is outside of the mask. */
export const pieceAt = ({ inside }: CellMask, cell: number): CellMask | null => {
  if (inside[cell] !== 1) return null
  const piece = new Uint8Array(LOGITS_SIDE * LOGITS_SIDE)
  piece[cell] = 1
  const waiting = [cell]
  let area = 0
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    area++
    const x = at % LOGITS_SIDE
    for (const dy of [-LOGITS_SIDE, 0, LOGITS_SIDE])
      for (let dx = x === 0 ? 0 : -1; dx <= (x === LOGITS_SIDE - 1 ? 0 : 1); dx++) {
        const next = at + dy + dx
        if (inside[next] !== 1 || piece[next] !== 0) continue
        piece[next] = 1
        waiting.push(next)
      }
  }
  return { inside: piece, area }
}

/** The logits, with all that is positive outside of the mask made negative. */
export const logitsWithin = (logits: Float32Array, { inside }: CellMask): Float32Array =>
  logits.map((logit, i) => (logit > 0 && inside[i] === 0 ? -1 : logit))
