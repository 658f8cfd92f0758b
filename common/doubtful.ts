/** Which of the objects that were followed want a look. */
import type { Annotation } from './model.ts'

/** @param below the user's setting `followDoubt` */
export const isDoubtful = (
  { proposed, trackId, score }: Pick<Annotation, 'proposed' | 'trackId' | 'score'>,
  below: number,
): boolean => proposed && trackId !== null && score !== null && score < below
