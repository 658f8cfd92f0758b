/** In the status bar, while files are kept beside the photos: whether they are in step. Opens what can be done. */
import { FileCheck2, FileClock, FileWarning } from 'lucide-react'
import type { MirrorState } from '../../common/contract/mirror.ts'
import { formatOf } from '../../common/formats.ts'
import { useBeside, useSession } from '../state/session-context.ts'
import { Tip } from './controls/Tip.tsx'
import { plural } from './words.ts'

/** What is to be said of the mirror, the worst first. */
export const mirrorText = ({ failure, leftCount, waiting }: MirrorState): string => {
  if (failure !== null) return failure
  if (leftCount > 0) return `${plural(leftCount, 'photo')} ${leftCount === 1 ? 'is' : 'are'} not in step.`
  return waiting > 0
    ? `${plural(waiting, 'photo')} still to be written.`
    : 'All files beside the photos are in step.'
}

const stateOf = ({ failure, leftCount, waiting }: MirrorState) => {
  if (failure !== null || leftCount > 0) return 'trouble'
  return waiting > 0 ? 'waiting' : 'done'
}

const icons = { trouble: FileWarning, waiting: FileClock, done: FileCheck2 } as const

export const MirrorStatus = () => {
  const { view } = useSession()
  const mirror = useBeside((state) => state.mirror)
  if (!mirror?.format) return null
  const state = stateOf(mirror)
  const Icon = icons[state]
  const { name } = formatOf(mirror.format)
  return (
    <Tip text={mirrorText(mirror)} side="top">
      <button
        type="button"
        className="status-mirror"
        data-testid="status-mirror"
        data-state={state}
        onClick={() => view.show('mirror')}
      >
        <Icon size={12} aria-hidden />
        {name}
      </button>
    </Tip>
  )
}
