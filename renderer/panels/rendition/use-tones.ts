/** The values of the image on screen, for what is set by hand; asked for again when other bands are shown. */
import { useEffect, useState } from 'react'
import type { ImageItem } from '../../../common/model.ts'
import type { Tones } from '../../../common/rendition.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'

/** All other kinds have 8 bits. */
const mayBeDeep = /\.(png|tiff?|jp2|j2k|j2c|jpc)$/i

/** Null before they are known, and of 8 bits. */
export const useTones = ({ id, path, modifiedAt, bytes, shownBands }: ImageItem): Tones | null => {
  const { client } = useSession()
  const key = `${id} ${modifiedAt} ${bytes} ${String(shownBands)}`
  const [known, setKnown] = useState<{ readonly key: string; readonly tones: Tones | null } | null>(null)
  useEffect(() => {
    if (!mayBeDeep.test(path)) return
    let isWanted = true
    const ask = async () => {
      const { tones } = await client.call('images.tones', { imageId: id })
      if (isWanted) setKnown({ key, tones })
    }
    attempt(ask())
    return () => {
      isWanted = false
    }
  }, [client, id, path, key])
  return known?.key === key ? known.tones : null
}
