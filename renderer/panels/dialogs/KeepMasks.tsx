/** The setting that masks stay with objects, and what those of the open project take. */
import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../common/contract.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { sizeText } from '../../texts/numbers.ts'
import { t } from '../../texts/t.ts'

const masksText = ({ masks, bytes }: CallOutput<'masks.size'>): string =>
  masks === 0
    ? t('This project keeps none.')
    : t('This project: {count, plural, one {# mask} other {# masks}}, {size}.', {
        count: masks,
        size: sizeText(bytes),
      })

/** In words, once it is known. */
export const useKeepMasksNote = (): string => {
  const { client } = useSession()
  const file = useApp((state) => state.project?.file ?? null)
  const [size, setSize] = useState<CallOutput<'masks.size'> | null>(null)
  useEffect(() => {
    if (file === null) return
    let isOpen = true
    attempt(client.call('masks.size', {}).then((known) => isOpen && setSize(known)))
    return () => {
      isOpen = false
    }
  }, [client, file])
  const note = t('For changing an outline’s detail later: some 3 kB an object in the project file.')
  return size ? `${note} ${masksText(size)}` : note
}

export const KeepMasks = () => {
  const session = useSession()
  const isOn = useApp((state) => state.settings?.keepMasks ?? true)
  return (
    <input
      type="checkbox"
      className="switch"
      role="switch"
      aria-label={t('Keep masks with objects')}
      checked={isOn}
      data-testid="keep-masks"
      onChange={(event) => session.changeSettings({ keepMasks: event.target.checked })}
    />
  )
}
