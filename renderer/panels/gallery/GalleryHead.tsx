/** Which objects the gallery shows, in which order, and how many there are. */
import type { GallerySort } from '../../../common/contract/gallery.ts'
import type { Label } from '../../../common/model.ts'
import { isEverything } from '../../state/image-pages.ts'
import type { GalleryState } from '../../state/gallery.ts'
import { plural } from '../words.ts'

/** An order by what it is called. */
const orders = [
  { name: 'As the images are listed', by: 'place', descending: false },
  { name: 'Lowest score first', by: 'score', descending: false },
  { name: 'Highest score first', by: 'score', descending: true },
  { name: 'Smallest first', by: 'size', descending: false },
  { name: 'Largest first', by: 'size', descending: true },
] as const satisfies readonly { name: string; by: GallerySort; descending: boolean }[]

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
        Class
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
        Order
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
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input type="checkbox" checked={hasOutlines} onChange={({ target }) => onOutlines(target.checked)} />
        Outlines
      </label>
      <span className="dim" role="status" data-testid="gallery-count">
        {loaded ? plural(total, 'object') : 'Looking…'}
        {!isEverything(request.filter) && ' in the images of the filter'}
      </span>
    </div>
  )
}
