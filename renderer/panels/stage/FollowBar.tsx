/** Says that objects are on their way to the next image, where that takes more than a moment. */
import { Footprints } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'

/** What takes no longer is not worth a word, ms. */
const SILENT = 300

export const FollowBar = () => {
  const { follow } = useSession()
  const carrying = useStore(follow.store, (state) => state.carrying)
  const isOn = carrying !== null
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    if (!isOn) return
    const timer = setTimeout(() => setIsLong(true), SILENT)
    return () => {
      clearTimeout(timer)
      setIsLong(false)
    }
  }, [isOn])
  if (carrying === null || !isLong) return null
  return (
    <section className="follow-bar" aria-label={t('Follow')} data-testid="follow-bar">
      <Footprints size={15} strokeWidth={1.75} aria-hidden />
      <p role="status">
        {t('Finding {count, plural, one {# object} other {# objects}} in the next image…', {
          count: carrying,
        })}
      </p>
      <button
        type="button"
        className="button small"
        data-testid="follow-cancel"
        onClick={() => attempt(follow.cancel())}
      >
        {t('Cancel')}
      </button>
    </section>
  )
}
