/** What the image list says when its filter leaves nothing. */
import { SearchX } from 'lucide-react'
import { everyImage } from '../../state/image-pages.ts'
import { attempt } from '../../state/report.ts'
import { withTask } from '../../state/task-filter.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'

export const EmptyFilter = () => {
  const { images, navigation } = useSession()
  const project = useApp((state) => state.project)
  return (
    <div className="empty" data-testid="empty-filter">
      <SearchX size={22} strokeWidth={1.5} aria-hidden />
      <p>{t('No image matches this filter.')}</p>
      <button
        type="button"
        className="button"
        onClick={() =>
          attempt(images.setFilter(withTask(everyImage, null, project)).then(() => navigation.relocate()))
        }
      >
        {t('Clear the filter')}
      </button>
    </div>
  )
}
