/** What an export left out or changed, line by line. Owns nothing but the lists. */
import type { Problem } from '../../common/contract/work.ts'
import { said } from '../../common/said.ts'

/** A report that crosses to the screen has at most this many lines of each kind; the file has them all. */
const SHOWN = 1000

export interface ReportLines {
  readonly all: readonly Problem[]
  add(message: string, image?: string, annotationId?: string): void
  /** The first lines, and one that counts the rest. */
  shown(): Problem[]
}

export const createReportLines = (): ReportLines => {
  const all: Problem[] = []
  return {
    all,
    add(message, image, annotationId) {
      all.push({ image: image ?? null, annotationId: annotationId ?? null, message })
    },
    shown() {
      if (all.length <= SHOWN) return [...all]
      const more = said('{count, number} more lines are in the report file of the export.', {
        count: all.length - SHOWN,
      })
      return [...all.slice(0, SHOWN), { image: null, annotationId: null, message: more }]
    },
  }
}
