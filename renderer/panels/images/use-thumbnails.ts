/** The addresses of small pictures, as they come in sight. */
import { useRef } from 'react'
import type { ImageItem } from '../../../common/model.ts'
import { versionOf } from '../../../common/picture-version.ts'
import { useApp, useSession } from '../../state/session-context.ts'

/** Pictures that were shown once come from the cache; the others wait until the list rests: null. */
export const useThumbnails = () => {
  const { urls } = useSession()
  const project = useApp((state) => state.project)
  const shown = useRef(new Set<string>())
  return (item: ImageItem | null, isScrolling: boolean): string | null => {
    if (!item) return null
    const url = urls.thumbnailUrl(item.id, versionOf(project, item))
    if (isScrolling && !shown.current.has(url)) return null
    shown.current.add(url)
    return url
  }
}
