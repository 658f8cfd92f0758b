/** What the image list says when there is nothing in it. */
import { ImageOff, SearchX } from 'lucide-react'
import { actionOf, runAction } from '../../actions/all-actions.ts'
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

export const EmptyFolder = () => {
  const session = useSession()
  return (
    <div className="empty" data-testid="empty-folder">
      <ImageOff size={22} strokeWidth={1.5} aria-hidden />
      <p>There are no images in this folder or its subfolders.</p>
      <p className="dim">JPEG, PNG, WebP, BMP, GIF, AVIF and TIFF are read.</p>
      <button type="button" className="button" onClick={() => runAction(actionOf('open-folder'), session)}>
        Open another folder…
      </button>
    </div>
  )
}
