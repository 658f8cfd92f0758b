/** What the objects of a class look like: the largest of them as crops. Nothing while there is none. */
import { useEffect, useState } from 'react'
import type { GalleryItem } from '../../../common/contract/gallery.ts'
import type { Label } from '../../../common/model.ts'
import { createCrops, type Crop, type Crops } from '../../state/crops.ts'
import { useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'
import { CropPicture } from '../controls/CropPicture.tsx'

const SHOWN = 4
/** CSS pixels. */
const SIDE = 96

const Example = ({ item, color, crops }: { item: GalleryItem; color: string; crops: Crops }) => {
  const [crop, setCrop] = useState<Crop | null>(null)
  useEffect(() => crops.want(item, setCrop), [crops, item])
  return (
    <li style={{ width: SIDE, height: SIDE }} data-shown={crop === null ? undefined : ''}>
      <CropPicture crop={crop} item={item} size={SIDE} color={color} hasOutline />
    </li>
  )
}

export const ClassExamples = ({ label }: { label: Label }) => {
  const { client } = useSession()
  const [items, setItems] = useState<readonly GalleryItem[]>([])
  const [crops] = useState(() => createCrops(client))
  useEffect(() => () => crops.close(), [crops])
  useEffect(() => {
    let isGone = false
    const of = (by: 'size' | 'place') =>
      client.call('gallery.list', {
        ...{ labelId: label.id, filter: { text: '', show: 'all' }, offset: 0, limit: SHOWN },
        sort: { by, descending: by === 'size' },
      })
    // Of very many objects the largest are not looked for.
    of('size')
      .catch(() => of('place'))
      .then(
        (page) => !isGone && setItems(page.items.filter((item) => item !== null)),
        () => undefined,
      )
    return () => {
      isGone = true
    }
  }, [client, label.id])
  if (items.length === 0) return null
  return (
    <ul className="class-examples" aria-label={t('Examples of {name}', { name: label.name })}>
      {items.map((item) => (
        <Example key={item.id} item={item} color={label.color} crops={crops} />
      ))}
    </ul>
  )
}
