/** The labels of a new project: the names in the folder's classes.txt, or one label to start with. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { hasCode, messageOf } from '../../common/errors.ts'
import { cleanLabelNames, namesOfLines, type CleanNames } from '../../common/label-name.ts'
import type { Label } from '../../common/model.ts'
import { newLabel } from '../../common/new-label.ts'
import { createLabelColors } from '../../common/palette.ts'
import { said } from '../../common/said.ts'
import { readSmallTextSync } from '../files/small-file.ts'

/** Bytes: 10,000 names of the greatest length, in any script. */
const LIMIT = 8e6

const readNames = (folder: string): CleanNames => {
  try {
    return cleanLabelNames(namesOfLines(readSmallTextSync(join(folder, 'classes.txt'), { limit: LIMIT })))
  } catch (thrown) {
    const isThere = !hasCode(thrown, 'not-found')
    return {
      names: [],
      notes: isThere ? [said('The classes were not read. {why}', { why: messageOf(thrown) })] : [],
    }
  }
}

/** The names in the folder's classes.txt as it is now, cleaned; none when there is none that can be read. */
export const listedNames = (folder: string): string[] => readNames(folder).names

export interface FirstLabels {
  readonly labels: Label[]
  /** What to tell of the names. */
  readonly notes: readonly string[]
}

export const firstLabels = (folder: string): FirstLabels => {
  const { names, notes } = readNames(folder)
  const colors = createLabelColors([])
  const labels = (names.length > 0 ? names : ['object']).map((name, position) =>
    newLabel({ id: randomUUID(), name, color: colors.next(), position }),
  )
  return { labels, notes }
}
