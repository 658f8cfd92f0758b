/** Where toasts appear: at the stage's top right below its chips, where they cover no control, hint or candidate. */
import { useEffect } from 'react'
import { toast, Toaster } from 'sonner'
import type { Settings } from '../../../common/contract/settings.ts'
import { useApp, useNavigation, useView } from '../../state/session-context.ts'

/** Bar and chips, CSS pixels. */
const BELOW_BAR = 56
const BELOW_CHIPS = 96
/** A banner that stays takes this much more. */
const BANNER_HEIGHT = 76
const GAP = 12

/** What only informs was about the image that was on screen. */
const useForgetting = () => {
  const imageId = useNavigation((state) => state.imageId)
  useEffect(() => {
    for (const shown of toast.getToasts())
      if (!('dismiss' in shown) && shown.type === undefined && shown.action === undefined)
        toast.dismiss(shown.id)
  }, [imageId])
}

export const Toasts = ({ theme }: { theme: Settings['theme'] }) => {
  useForgetting()
  const hasProject = useApp((state) => state.project !== null)
  const isLost = useApp((state) => (state.project?.lost ?? null) !== null)
  const beside = useView((state) => (state.rightOpen ? state.rightWidth : 0))
  return (
    <Toaster
      position="top-right"
      theme={theme}
      offset={{
        top: (hasProject ? BELOW_CHIPS : BELOW_BAR) + (isLost ? BANNER_HEIGHT : 0),
        right: (hasProject ? beside : 0) + GAP,
      }}
      closeButton
      visibleToasts={4}
      // A dialog takes the pointer from all that is not in it.
      style={{ pointerEvents: 'auto' }}
    />
  )
}
