/** What stays of the mask that an object was made from: what the object says of it, and the mask to be stored. Pure. */
import { keptMaskOf, maskRefOf, type KeptMask } from '../../common/kept-mask.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { Annotation } from '../../common/model.ts'
import type { NewObject } from '../tools/events.ts'
import type { WorkbenchPorts } from './store.ts'

/** As it is stored: with what it says of its mask. */
export type KeepingObject = Omit<NewObject, 'madeFrom'> & Pick<Annotation, 'mask'>

interface Keeping {
  readonly object: KeepingObject
  /** To be stored with it: none, or one. */
  readonly masks: readonly KeptMask[]
}

/** @param size of the upright image, pixels */
export const keepingMask = (
  { madeFrom, ...object }: NewObject,
  size: Size,
  { getSettings, newId }: Pick<WorkbenchPorts, 'getSettings' | 'newId'>,
): Keeping => {
  const settings = getSettings()
  if (!madeFrom) return { object, masks: [] }
  // What an object said of an earlier mask is no longer so.
  if (!settings?.keepMasks) return { object: { ...object, mask: undefined }, masks: [] }
  const frame = { imageWidth: size.width, imageHeight: size.height, crop: madeFrom.crop }
  const mask = keptMaskOf(newId(), madeFrom.logits, frame, settings)
  return { object: { ...object, mask: maskRefOf(mask, settings.tolerance, object.shape) }, masks: [mask] }
}
