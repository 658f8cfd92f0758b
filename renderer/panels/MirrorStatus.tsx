/** In the status bar, while files are kept beside the photos: whether they are in step. Opens what can be done. */
import { FileCheck2, FileClock, FileWarning } from 'lucide-react'
import type { MirrorState } from '../../common/contract/mirror.ts'
import { besideFormats, formatOf } from '../../common/formats.ts'
import { useBeside, useSession } from '../state/session-context.ts'
import { t } from '../texts/t.ts'
import { Tip } from './controls/Tip.tsx'

/** What is to be said of the mirror, the worst first. */
export const mirrorText = ({ isAsked, failure, leftCount, waiting }: MirrorState): string => {
  if (isAsked)
    return t('This project asks for files beside its photos. Nothing is written before you turn it on.')
  if (failure !== null) return failure
  if (leftCount > 0)
    return t('{count, plural, one {# photo is} other {# photos are}} not in step.', { count: leftCount })
  return waiting > 0
    ? t('{count, plural, one {# photo} other {# photos}} still to be written.', { count: waiting })
    : t('All files beside the photos are in step.')
}

const stateOf = ({ isAsked, failure, leftCount, waiting }: MirrorState) => {
  if (isAsked || failure !== null || leftCount > 0) return 'trouble'
  return waiting > 0 ? 'waiting' : 'done'
}

const icons = { trouble: FileWarning, waiting: FileClock, done: FileCheck2 } as const

export const MirrorStatus = () => {
  const { view } = useSession()
  const mirror = useBeside((state) => state.mirror)
  const [format] = besideFormats
  if (mirror === null || format === undefined) return null
  if (mirror.format === null && !mirror.isAsked) return null
  const state = stateOf(mirror)
  const Icon = icons[state]
  const { name } = mirror.format === null ? format : formatOf(mirror.format)
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
