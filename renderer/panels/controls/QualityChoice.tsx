/** How hard boxes are looked at: one setting, offered in the settings and where boxes become masks. */
import type { Quality } from '../../../common/segmentation.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { Segmented } from './Segmented.tsx'
import { t } from '../../texts/t.ts'
import { msg } from '../../../common/said.ts'

/** What each takes is of the usual one's time: 209 boxes on 32 photos, docs/performance.md. */
const qualities: readonly { readonly value: Quality; readonly name: string; readonly note: string }[] = [
  { value: 'fast', name: msg('Fast'), note: msg('One look at each box: two thirds of the usual time.') },
  {
    value: 'good',
    name: msg('Good'),
    note: msg('The usual: a second look at each box, small objects enlarged.'),
  },
  {
    value: 'best',
    name: msg('Best'),
    note: msg('The mirrored photo is looked at too: nearly twice the time.'),
  },
]

/** The chosen quality in words. */
export const useQualityNote = (): string => {
  const quality = useApp((state) => state.settings?.quality ?? 'good')
  const chosen = qualities.find(({ value }) => value === quality)
  return chosen === undefined ? '' : t(chosen.note)
}

export const QualityChoice = () => {
  const session = useSession()
  const quality = useApp((state) => state.settings?.quality ?? 'good')
  return (
    <Segmented
      label={t('Quality of masks from boxes')}
      choices={qualities.map(({ value, name }) => ({ value, name: t(name) }))}
      value={quality}
      onChange={(to) => session.changeSettings({ quality: to })}
    />
  )
}
