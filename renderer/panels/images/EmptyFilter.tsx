/** What the image list says when its filter leaves nothing. */
import { SearchX } from 'lucide-react'
import { everyImage } from '../../state/image-pages.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'

export const EmptyFilter = () => {
  const { images, navigation } = useSession()
  return (
    <div className="empty" data-testid="empty-filter">
      <SearchX size={22} strokeWidth={1.5} aria-hidden />
      <p>No image matches this filter.</p>
      <button
        type="button"
        className="button"
        onClick={() => attempt(images.setFilter(everyImage).then(() => navigation.relocate()))}
      >
        Clear the filter
      </button>
    </div>
  )
}
