/** How far a look is. */
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { count, plural } from '../words.ts'
import type { Look } from './use-look.ts'

export const LookProgress = ({
  run,
  testId,
  label,
  starting,
}: {
  run: NonNullable<Look['run']>
  testId: string
  label: string
  /** What is said before the images are counted. */
  starting: string
}) => (
  <ProgressBar
    testId={testId}
    label={label}
    share={run !== 'starting' && run.total > 0 ? run.done / run.total : null}
    left={run === 'starting' ? starting : `${count(run.done)} of ${plural(run.total, 'image')}`}
    right={null}
  />
)
