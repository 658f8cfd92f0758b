/** Where toasts appear: at the stage's top right below its chips, where they cover no control, hint or candidate. */
import { useEffect, useState } from 'react'
import { toast, Toaster } from 'sonner'
import type { Settings } from '../../../common/contract/settings.ts'
import { t } from '../../texts/t.ts'
import { useApp, useNavigation } from '../../state/session-context.ts'

interface Place {
  /** CSS pixels from the window's edges. */
  readonly top: number
  readonly right: number
}

const GAP = 12
/** The row of chips at the stage's top with the space above and below it, CSS pixels. */
const CHIPS_HEIGHT = 12 + 30 + 8
/** Without a stage: below the bar. */
const belowBar: Place = { top: 56, right: GAP }

/** The stage's corner below the chips. Banners above it and panels beside it change its size, which is watched. */
const usePlace = (): Place => {
  const hasProject = useApp((state) => state.project !== null)
  const [place, setPlace] = useState(belowBar)
  useEffect(() => {
    const stage = document.querySelector('.stage-area')
    if (!hasProject || stage === null) return
    const watch = new ResizeObserver(() => {
      const { top, right } = stage.getBoundingClientRect()
      setPlace({
        top: Math.round(top) + CHIPS_HEIGHT,
        right: Math.round(document.documentElement.clientWidth - right) + GAP,
      })
    })
    watch.observe(stage)
    return () => watch.disconnect()
  }, [hasProject])
  return hasProject ? place : belowBar
}

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
  const place = usePlace()
  return (
    <Toaster
      position="top-right"
      theme={theme}
      offset={place}
      closeButton
      containerAriaLabel={t('Notifications')}
      toastOptions={{ closeButtonAriaLabel: t('Close toast') }}
      visibleToasts={4}
      // One behind another would be read by nobody.
      expand
      // A dialog takes the pointer from all that is not in it.
      style={{ pointerEvents: 'auto' }}
    />
  )
}
