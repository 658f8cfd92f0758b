/**
 * Crops of objects: asked for when they come in sight, all of one image in one question, the last wish first. Each answer
 * is one picture with the crops under each other; it is kept until there are many.
 */
import type { GalleryItem } from '../../common/contract/gallery.ts'
import type { ImageId } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'

/** A crop within the picture that it came in. */
export interface Crop {
  readonly picture: ImageBitmap
  /** Device pixels from its top. */
  readonly top: number
  readonly side: number
}

type Wanted = Pick<GalleryItem, 'imageId' | 'window'>
type Heard = (crop: Crop | null) => void

export interface Crops {
  /** @param heard at once where it is known; null where it can't be had @returns forgets the wish */
  want(item: Wanted, heard: Heard): () => void
  close(): void
}

/** Questions on their way: the core decodes two small pictures at once. */
const AT_ONCE = 3
/** Crops of one question. */
const MOST_OF_IMAGE = 60
/** Wishes of one moment are put together, ms. */
const GATHER_MS = 20
/** Pictures that are kept: some 10 crops of 100 kB each. */
const MOST_PICTURES = 300

export const createCrops = (client: Client): Crops => {
  const known = new Map<string, Crop | null>()
  /** The pictures in the order in which they came, with their crops. */
  const pictures = new Map<ImageBitmap, string[]>()
  const wishes = new Map<ImageId, Map<string, { readonly item: Wanted; readonly heard: Set<Heard> }>>()
  let asking = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let isClosed = false

  const keyOf = ({ imageId, window: { x, y, side } }: Wanted) => `${imageId} ${x} ${y} ${side}`

  const keep = (picture: ImageBitmap, keys: string[]) => {
    pictures.set(picture, keys)
    keys.forEach((key, at) => known.set(key, { picture, top: at * picture.width, side: picture.width }))
    const [oldest] = pictures
    if (pictures.size <= MOST_PICTURES || oldest === undefined) return
    pictures.delete(oldest[0])
    // Cells that still show it have drawn it already.
    for (const key of oldest[1]) known.delete(key)
    oldest[0].close()
  }
  const ask = async (imageId: ImageId) => {
    const all = [...(wishes.get(imageId) ?? [])].slice(0, MOST_OF_IMAGE)
    const left = [...(wishes.get(imageId) ?? [])].slice(MOST_OF_IMAGE)
    if (left.length > 0) wishes.set(imageId, new Map(left))
    else wishes.delete(imageId)
    if (all.length === 0) return
    const keys = all.map(([key]) => key)
    try {
      const windows = all.map(([, { item }]) => item.window)
      const { bytes, contentType } = await client.call('gallery.crops', { imageId, windows })
      const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: contentType }))
      if (isClosed) return picture.close()
      keep(picture, keys)
    } catch {
      // The photo can't be read, which the list of images says.
      for (const key of keys) known.set(key, null)
    }
    for (const [key, { heard }] of all) for (const tell of heard) tell(known.get(key) ?? null)
  }
  const pump = () => {
    timer = null
    while (asking < AT_ONCE && !isClosed) {
      const imageId = [...wishes.keys()].at(-1)
      if (imageId === undefined) return
      asking += 1
      void ask(imageId).finally(() => {
        asking -= 1
        pump()
      })
    }
  }
  return {
    want(item, heard) {
      const key = keyOf(item)
      const crop = known.get(key)
      if (crop !== undefined) {
        heard(crop)
        return () => undefined
      }
      const ofImage = wishes.get(item.imageId) ?? new Map<string, { item: Wanted; heard: Set<Heard> }>()
      const wish = ofImage.get(key) ?? { item, heard: new Set<Heard>() }
      wish.heard.add(heard)
      ofImage.set(key, wish)
      // What was wished for last is asked for first.
      wishes.delete(item.imageId)
      wishes.set(item.imageId, ofImage)
      timer ??= setTimeout(pump, GATHER_MS)
      return () => {
        wish.heard.delete(heard)
        const now = wishes.get(item.imageId)
        if (wish.heard.size > 0 || now?.get(key) !== wish) return
        now.delete(key)
        if (now.size === 0) wishes.delete(item.imageId)
      }
    },
    close() {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      for (const picture of pictures.keys()) picture.close()
      pictures.clear()
      known.clear()
      wishes.clear()
    },
  }
}
