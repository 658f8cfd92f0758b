/** `npm run quality -- follow`: measures, prints, and writes the tables where that is asked. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { machineOf, markdownOf, writeReport } from '../report.ts'
import { readSequences } from './davis.ts'
import { makeSequences, measureSequences } from './run.ts'
import { followTables } from './tables.ts'

interface FollowingOptions {
  /** Frames and masks as DAVIS has them; null: the films made here. */
  readonly folder: string | null
  /** Takes each such frame of a folder. */
  readonly every: number
  /** Sequences. */
  readonly most: number
  readonly write: boolean
}

export const measureFollowing = async ({ folder, every, most, write }: FollowingOptions): Promise<void> => {
  const data = resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data')
  const scratch = mkdtempSync(join(tmpdir(), 'maskwright-follow-'))
  const machine = machineOf()
  try {
    const sequences =
      folder === null ? await makeSequences(data, scratch, most) : readSequences(folder, every)
    if (sequences === null) {
      console.log(`Nothing was measured: ${data} with photos/ and coco-dev/ is not on this machine.`)
      return
    }
    const say = (message: string) => console.error(`  ${message} ...`)
    const chosen = sequences.slice(0, most)
    const tables = followTables(await measureSequences(chosen, scratch, say))
    const what = folder === null ? '' : ` ${basename(folder)}${every === 1 ? '' : ` --every ${every}`}`
    const date = new Date().toISOString().slice(0, 10)
    const origin = `${date}, \`npm run quality -- follow${what}\`, ${chosen.length} sequences: ${machine}`
    console.log([origin, '', ...tables.map(markdownOf)].join('\n'))
    if (write) await writeReport('quality follow', origin, tables)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
