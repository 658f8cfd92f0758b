/** How hard boxes are looked at: one setting, offered in the settings and where boxes become masks. */
import type { Quality } from '../../../common/segmentation.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { Segmented } from './Segmented.tsx'

/** What each takes is of the usual one's time: 209 boxes on 32 photos, docs/performance.md. */
const qualities: readonly { readonly value: Quality; readonly name: string; readonly note: string }[] = [
  { value: 'fast', name: 'Fast', note: 'One look at each box: two thirds of the usual time.' },
  {
    value: 'good',
    name: 'Good',
    note: 'The usual: a second look at each box, small objects enlarged.',
  },
  {
    value: 'best',
    name: 'Best',
    note: 'The mirrored photo is looked at too: nearly twice the time.',
  },
]

/** The chosen quality in words. */
export const useQualityNote = (): string => {
  const quality = useApp((state) => state.settings?.quality ?? 'good')
  return qualities.find(({ value }) => value === quality)?.note ?? ''
}

export const QualityChoice = () => {
  const session = useSession()
  const quality = useApp((state) => state.settings?.quality ?? 'good')
  return (
    <Segmented
      label="Quality of masks from boxes"
      choices={qualities}
      value={quality}
      onChange={(to) => session.changeSettings({ quality: to })}
    />
  )
}
