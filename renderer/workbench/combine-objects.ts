/**
 * Several objects made into one, or one taken from by others. The primary is the one that stays and keeps its id, class and
 * origin: of a join and an intersection the others go, of a subtraction they stay as they are. Pure.
 */
import { intersectShapes, joinShapes, subtractShape } from '../../common/geometry/boolean.ts'
import { joinedLines } from '../../common/geometry/join-lines.ts'
import { hasArea } from '../../common/geometry/measure.ts'
import type { Annotation, Polyline, Shape } from '../../common/model.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

export type Combination = 'join' | 'subtract' | 'intersect'

interface Combined {
  readonly shape: Shape
  /** The objects that have become part of the primary. */
  readonly removed: readonly Annotation[]
}

const COVERED = msg('The others cover all of the object that was selected last: nothing would be left of it.')
const APART = msg(
  'The others do not reach the object that was selected last: there is nothing to take away from it.',
)

const BARE = msg(
  'Points and lines cover nothing: select objects that have an inside, or lines alone to join them.',
)

const isLine = (shape: Shape): shape is Polyline => shape.type === 'polyline'

/** What comes of it, or why nothing does, in words for the user. */
export const combined = (
  how: Combination,
  primary: Annotation,
  others: readonly Annotation[],
): Combined | string => {
  const lines = others.map(({ shape }) => shape).filter(isLine)
  if (how === 'join' && isLine(primary.shape) && lines.length === others.length)
    return { shape: joinedLines(primary.shape, lines), removed: others }
  const shapes = others.map(({ shape }) => shape).filter(hasArea)
  if (!hasArea(primary.shape) || shapes.length < others.length) return t(BARE)
  if (how === 'subtract') {
    const left = subtractShape(primary.shape, shapes)
    if (left === null) return t(COVERED)
    return left === primary.shape ? t(APART) : { shape: left, removed: [] }
  }
  const combine = how === 'join' ? joinShapes : intersectShapes
  const shape = combine([primary.shape, ...shapes])
  return shape ? { shape, removed: others } : t('These objects have nothing in common.')
}

/** What was done, for the notice. @param count of all objects that took part */
export const combinedText = (how: Combination, count: number): string => {
  if (how === 'join') return t('Joined {count, number} objects', { count })
  if (how === 'intersect') return t('Kept what {count, number} objects have in common', { count })
  return t('Took {count, plural, one {an object} other {# objects}} away from the one selected last', {
    count: count - 1,
  })
}
