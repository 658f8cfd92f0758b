/** The stage with what floats over it: current class, candidates, hint; and what it says when there is no image. */
import { ImageOff } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { isPlainView } from '../../state/levels.ts'
import { useApp, useImages, useShownLevels, useView, useWorkbench } from '../../state/session-context.ts'
import { useAction } from '../controls/use-action.ts'
import { EverythingReview } from '../work/EverythingReview.tsx'
import { WorkCards } from '../work/WorkCards.tsx'
import { CandidateStrip } from './CandidateStrip.tsx'
import { ClassChip } from './ClassChip.tsx'
import { DoneChip } from './DoneChip.tsx'
import { FollowBar } from './FollowBar.tsx'
import { FlagChip } from './FlagChip.tsx'
import { ReviewedChip } from './ReviewedChip.tsx'
import { TagsChip } from './TagsChip.tsx'
import { EmptyFolder } from './EmptyFolder.tsx'
import { PHOTO_FILTER, PhotoLevels } from './PhotoLevels.tsx'
import { StageHint } from './StageHint.tsx'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

const UnreadableImage = ({ path, problem }: { path: string; problem: string }) => {
  const next = useAction('next-image')
  return (
    <div className="stage-problem" data-testid="image-problem">
      <ImageOff size={26} strokeWidth={1.5} aria-hidden />
      <h2>{t('This image can’t be shown')}</h2>
      <p>{heard(problem)}</p>
      <code className="path">{path}</code>
      <button type="button" className="button" disabled={!next.enabled} onClick={next.run}>
        {t('Next image')}
      </button>
    </div>
  )
}

/** The children are the stage itself, which fills the area. */
export const StageArea = ({ children }: { children: ReactNode }) => {
  const image = useWorkbench((state) => state.image)
  const listOpen = useView((state) => state.leftOpen)
  const loaded = useImages((state) => state.loaded)
  const isEmpty = useApp((state) => state.project?.imageCount === 0) && loaded
  const problem = image?.problem ?? null
  const { levels } = useShownLevels()
  // Without levels the canvas has no filter, which costs a pass over the whole stage.
  const isShown = !isPlainView(levels)
  const filtered = (isShown ? { '--photo-filter': PHOTO_FILTER } : {}) as CSSProperties
  return (
    <main className="stage-area" aria-label={t('Image')} data-testid="stage-area" style={filtered}>
      {isShown && <PhotoLevels levels={levels} />}
      {children}
      {image?.problem === null && (
        <div className="stage-top">
          <ClassChip />
          <div className="stage-marks">
            <DoneChip />
            <ReviewedChip />
            <FlagChip />
            <TagsChip />
          </div>
        </div>
      )}
      {isEmpty && image === null && <EmptyFolder />}
      {problem !== null && <UnreadableImage path={image?.path ?? ''} problem={problem} />}
      <div className="stage-bottom">
        <CandidateStrip />
        <StageHint />
        <FollowBar />
      </div>
      <EverythingReview />
      {/* Without the list they belong to. */}
      {!listOpen && <WorkCards />}
    </main>
  )
}
