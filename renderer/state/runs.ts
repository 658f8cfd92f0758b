/** Undo and redo of what a run of long work has made, on all images, and what is said of it. */
import { toast } from 'sonner'
import type { CallOutput } from '../../common/contract.ts'
import type { Client } from '../../common/rpc.ts'
import { attempt } from './report.ts'
import { plural } from '../../common/words.ts'

export interface RunName {
  /** Id of the run. */
  readonly run: string
  readonly title: string
}

type Direction = 'undo' | 'redo'

const wordsOf = (
  title: string,
  direction: Direction,
  { moved, kept }: CallOutput<'edit.undoRun'>,
): string => {
  const stayed =
    kept > 0
      ? ` ${plural(kept, 'object')} changed or locked since ${kept === 1 ? 'stays' : 'stay'} as now.`
      : ''
  if (moved === 0) return `${title}: nothing was ${direction === 'undo' ? 'undone' : 'done again'}.${stayed}`
  return `${title} ${direction === 'undo' ? 'undone' : 'done again'}: ${plural(moved, 'object')}.${stayed}`
}

/** Moves the run over and says so, with the way back. */
export const moveRun = async (client: Client, run: RunName, direction: Direction): Promise<void> => {
  const outcome = await client.call(direction === 'undo' ? 'edit.undoRun' : 'edit.redoRun', { run: run.run })
  const [back, label] = direction === 'undo' ? (['redo', 'Redo'] as const) : (['undo', 'Undo'] as const)
  toast(wordsOf(run.title, direction, outcome), {
    duration: 12_000,
    ...(outcome.moved > 0 && {
      action: { label, onClick: () => attempt(moveRun(client, run, back)) },
    }),
  })
}
