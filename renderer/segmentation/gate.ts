/** Newest wins: of the questions of one purpose the latest alone is answered. Owns which one that is. */
import { CodedError } from '../../common/errors.ts'
import type { MaskQuestion } from '../../common/segmentation.ts'
import { t } from '../texts/t.ts'

export interface Gate {
  /** Overtakes the question of that purpose that is open. */
  enter(question: MaskQuestion): void
  /** To be called after every wait. @throws CodedError superseded when a later one has overtaken it */
  check(question: MaskQuestion): void
  /** It is answered, or has failed. */
  leave(question: MaskQuestion): void
}

export const createGate = (): Gate => {
  const newest = new Map<MaskQuestion['purpose'], MaskQuestion>()
  const isNewest = (question: MaskQuestion) => newest.get(question.purpose) === question
  return {
    enter: (question) => void newest.set(question.purpose, question),
    check(question) {
      if (!isNewest(question))
        throw new CodedError('superseded', t('A later prompt took the place of this one.'))
    },
    leave(question) {
      if (isNewest(question)) newest.delete(question.purpose)
    },
  }
}
