/** Which objects the gallery shows, in which order, and how many there are. */
import type { GallerySort } from '../../../common/contract/gallery.ts'
import type { Label } from '../../../common/model.ts'
import { isEverything } from '../../state/image-pages.ts'
import type { GalleryState } from '../../state/gallery.ts'
import { t } from '../../texts/t.ts'
import { msg } from '../../../common/said.ts'

/** An order by what it is called. */
const orders = [
  { name: msg('As the images are listed'), by: 'place', descending: false },
  { name: msg('Lowest score first'), by: 'score', descending: false },
  { name: msg('Highest score first'), by: 'score', descending: true },
  { name: msg('Smallest first'), by: 'size', descending: false },
  { name: msg('Largest first'), by: 'size', descending: true },
] as const satisfies readonly { name: string; by: GallerySort; descending: boolean }[]

const countText = (count: number, isFiltered: boolean): string =>
  isFiltered
    ? t('{count, plural, one {# object} other {# objects}} in the images of the filter', { count })
    : t('{count, plural, one {# object} other {# objects}}', { count })

interface GalleryHeadProps {
  readonly state: Pick<GalleryState, 'request' | 'total' | 'loaded'>
  readonly labels: readonly Label[]
  readonly hasOutlines: boolean
  readonly onAsk: (part: Partial<GalleryState['request']>) => void
  readonly onOutlines: (hasOutlines: boolean) => void
}

export const GalleryHead = ({ state, labels, hasOutlines, onAsk, onOutlines }: GalleryHeadProps) => {
  const { request, total, loaded } = state
  const order = orders.findIndex(
    ({ by, descending }) => by === request.sort.by && descending === request.sort.descending,
  )
  return (
    <div className="cells-head">
      <label className="gallery-choice">
        {t('Class')}
        <select
          className="input"
          value={request.labelId}
          data-testid="gallery-of"
          onChange={({ target }) => onAsk({ labelId: target.value })}
        >
          {labels.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="gallery-choice">
        {t('Order')}
        <select
          className="input"
          value={order}
          data-testid="gallery-order"
          onChange={({ target }) => {
            const { by, descending } = orders[Number(target.value)] ?? orders[0]
            onAsk({ sort: { by, descending } })
          }}
        >
          {orders.map(({ name }, at) => (
            <option key={name} value={at}>
              {t(name)}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input type="checkbox" checked={hasOutlines} onChange={({ target }) => onOutlines(target.checked)} />
        {t('Outlines')}
      </label>
      <span className="dim" role="status" data-testid="gallery-count">
        {loaded ? countText(total, !isEverything(request.filter)) : t('Looking…')}
      </span>
    </div>
  )
}
