/** The filter of the view's levels. The photo's canvas takes it by its id where levels are set. */
import { matrixOf, tableOf, type ViewLevels } from '../../state/levels.ts'

const FILTER_ID = 'view-levels'

/** For the property `--photo-filter` of whatever holds the stage. */
export const PHOTO_FILTER = `url("#${FILTER_ID}")`

export const PhotoLevels = ({ levels }: { levels: ViewLevels }) => {
  const tableValues = tableOf(levels)
    .map((value) => value.toFixed(4))
    .join(' ')
  const matrix = matrixOf(levels)
  return (
    <svg className="photo-levels" width={0} height={0} aria-hidden>
      <filter id={FILTER_ID} x="0" y="0" width="1" height="1" colorInterpolationFilters="sRGB">
        {matrix !== null && <feColorMatrix type="matrix" values={matrix} />}
        <feComponentTransfer>
          <feFuncR type="table" tableValues={tableValues} />
          <feFuncG type="table" tableValues={tableValues} />
          <feFuncB type="table" tableValues={tableValues} />
        </feComponentTransfer>
      </filter>
    </svg>
  )
}
