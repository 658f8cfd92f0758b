/** How fast objects are carried to the next frame. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeSequences, measureSequences } from '../follow/run.ts'
import { speedTable } from '../follow/tables.ts'
import type { Section } from '../section.ts'

const data = resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data')

export const followSection: Section = async ({ full, scratch, say }) => {
  const folder = join(scratch, 'follow')
  mkdirSync(folder)
  const sequences = await makeSequences(data, folder, full ? Infinity : 2)
  if (sequences === null) {
    say(`follow: not measured, ${data} with photos/ and coco-dev/ is not on this machine`)
    return []
  }
  return [speedTable(await measureSequences(sequences, folder, say))]
}
