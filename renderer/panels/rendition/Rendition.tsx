/** What can be chosen of how the image on screen becomes colours, where there is a choice. */
import type { ImageItem } from '../../../common/model.ts'
import { BandsFields } from './BandsFields.tsx'
import { StretchFields } from './StretchFields.tsx'
import { useTones } from './use-tones.ts'

export const Rendition = ({ image }: { image: ImageItem }) => {
  const tones = useTones(image)
  const { bands, shownBands } = image
  return (
    <>
      {bands !== null && bands > 0 && <BandsFields bands={bands} chosen={shownBands} />}
      {tones !== null && <StretchFields key={image.id} image={image} tones={tones} />}
    </>
  )
}
