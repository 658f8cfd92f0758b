/** Takes back what a run has made, on all images, and does it again; "Undo a run" does so later, when its card is gone. */
import { Redo2, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Work } from '../../../common/contract/work.ts'
import type { Client } from '../../../common/rpc.ts'
import { attempt } from '../../state/report.ts'
import { moveRun } from '../../state/runs.ts'
import { useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'
import { count } from '../words.ts'

/** An undo of a large run is many edits: it is asked once they rest, ms. */
const REST_MS = 100

/** Tells how many objects are left of the run whenever an undo or a redo may have changed that. */
const watchRun = (client: Client, id: string, tell: (left: number) => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const ask = async () => {
    const mine = ++asked
    // When the project was closed meanwhile its cards go too.
    const answer = await client.call('edit.runs', {}).catch(() => null)
    const found = answer?.runs.find(({ run }) => run === id)
    if (found !== undefined && mine === asked) tell(found.isUndone ? 0 : found.objects)
  }
  const stop = client.on('edit.applied', ({ kind }) => {
    if (kind === 'commit') return
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), REST_MS)
  })
  return () => {
    stop()
    clearTimeout(timer)
    asked++
  }
}

export const MoveAll = ({
  work: { id, kind, title },
  objects,
  close,
}: {
  work: Work
  /** What the run has stored or changed. */
  objects: number
  close: () => void
}) => {
  const { client } = useSession()
  const [isMoving, setMoving] = useState(false)
  const [left, setLeft] = useState(objects)
  useEffect(() => watchRun(client, id, setLeft), [client, id])
  // The classes that came with them may still be there: an undo by the keys takes those back next.
  const isUndone = left === 0
  const direction = isUndone ? 'redo' : 'undo'
  const move = async () => {
    setMoving(true)
    try {
      await moveRun(client, { run: id, title }, direction)
      if (direction === 'undo') close()
    } finally {
      setMoving(false)
    }
  }
  const Icon = isUndone ? Redo2 : Undo2
  const words = isUndone
    ? t('Redo all {objects}', { objects: count(objects) })
    : t('Undo all {objects}', { objects: count(left) })
  return (
    <button
      type="button"
      className="button small"
      disabled={isMoving}
      data-testid={`${kind}-${direction}-all`}
      onClick={() => attempt(move())}
    >
      <Icon size={13} aria-hidden />
      {isMoving && !isUndone ? t('Undoing…') : words}
    </button>
  )
}
