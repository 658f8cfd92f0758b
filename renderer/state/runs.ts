/** Undo and redo of what a run of long work has made, on all images, and what is said of it. */
import { toast } from 'sonner'
import type { CallOutput } from '../../common/contract.ts'
import type { Client } from '../../common/rpc.ts'
import { attempt } from './report.ts'
import { t } from '../texts/t.ts'

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
      ? ` ${t('{count, plural, one {# object changed or locked since stays} other {# objects changed or locked since stay}} as now.', { count: kept })}`
      : ''
  const isUndo = direction === 'undo'
  if (moved === 0)
    return t(isUndo ? '{title}: nothing was undone.' : '{title}: nothing was done again.', { title }) + stayed
  const said = t(
    isUndo
      ? '{title} undone: {count, plural, one {# object} other {# objects}}.'
      : '{title} done again: {count, plural, one {# object} other {# objects}}.',
    { title, count: moved },
  )
  return said + stayed
}

/** Moves the run over and says so, with the way back. */
export const moveRun = async (client: Client, run: RunName, direction: Direction): Promise<void> => {
  const outcome = await client.call(direction === 'undo' ? 'edit.undoRun' : 'edit.redoRun', { run: run.run })
  const [back, label] = direction === 'undo' ? (['redo', t('Redo')] as const) : (['undo', t('Undo')] as const)
  toast(wordsOf(run.title, direction, outcome), {
    duration: 12_000,
    ...(outcome.moved > 0 && {
      action: { label, onClick: () => attempt(moveRun(client, run, back)) },
    }),
  })
}
