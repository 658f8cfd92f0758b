/** The names of a detector's classes, and where they are from. */
import { cocoNames, cocoNamesById } from './coco-names.ts'
import { namesUpTo, type DetectorMetadata } from './metadata.ts'
import type { DetectorRecipe } from '../inference/detector.ts'

type Naming = Pick<DetectorRecipe, 'classes' | 'namesFrom'>

/** @param count how many classes the tensors have room for */
export const nameClasses = ({ names }: DetectorMetadata, count: number): Naming => {
  if (names !== null) return { classes: namesUpTo(count, names), namesFrom: 'the file' }
  if (count === cocoNames.length)
    return { classes: [...cocoNames], namesFrom: 'COCO, as the file names none' }
  if (count === cocoNamesById.length)
    return { classes: namesUpTo(count, cocoNamesById), namesFrom: 'COCO by its ids, as the file names none' }
  return { classes: namesUpTo(count, null), namesFrom: null }
}
