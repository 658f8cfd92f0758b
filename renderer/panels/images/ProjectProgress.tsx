/** How much of the folder is done, as a thin bar under the list's head. */
import { useStore } from 'zustand'
import { useApp, useSession } from '../../state/session-context.ts'
import { Tip } from '../controls/Tip.tsx'
import { t } from '../../texts/t.ts'

export const ProjectProgress = () => {
  const { counts } = useSession()
  const known = useStore(counts.store, (state) => state.counts)
  const isEmpty = useApp((state) => (state.project?.imageCount ?? 0) === 0)
  if (isEmpty) return null
  // Its place is there before its numbers are, so that the list stays where it is.
  if (known === null) return <div className="list-progress" />
  const text = t('{done, number} of {count, plural, one {# image} other {# images}} done', {
    done: known.done,
    count: known.all,
  })
  return (
    <Tip text={text} side="bottom">
      <div
        className="list-progress"
        role="progressbar"
        aria-label={t('Images done')}
        aria-valuemin={0}
        aria-valuemax={known.all}
        aria-valuenow={known.done}
        aria-valuetext={text}
        data-testid="project-progress"
      >
        <span style={{ width: `${(100 * known.done) / known.all}%` }} />
      </div>
    </Tip>
  )
}
