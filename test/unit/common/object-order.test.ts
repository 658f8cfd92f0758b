import { fc } from '../../support/property.ts'
import { describe, expect, it } from 'vitest'
import { inOrder, onTop, reordered, type OrderWay } from '../../../common/object-order.ts'
import type { Annotation } from '../../../common/model.ts'
import { objectByHand } from '../../support/objects.ts'
import { square } from '../tools/fake-core.ts'

/** All over each other, but for those whose name begins with an x. */
const objects = (names: string) =>
  Array.from(names, (name, at) => objectByHand(name, square(name < 'x' ? 10 + at : 500 + 50 * at, 10, 30)))

const after = (all: readonly Annotation[], ids: string, way: OrderWay): readonly Annotation[] => {
  const changed = new Map(reordered(all, new Set(ids), way).map(([{ id }, to]) => [id, to]))
  return inOrder(all.map((object) => changed.get(object.id) ?? object))
}
const names = (all: readonly Annotation[]) => all.map(({ id }) => id).join('')

describe('the order of objects', () => {
  it('goes to the front and to the back, several as they lie among themselves', () => {
    expect(names(after(objects('abcde'), 'b', 'front'))).toBe('acdeb')
    expect(names(after(objects('abcde'), 'db', 'front'))).toBe('acebd')
    expect(names(after(objects('abcde'), 'bd', 'back'))).toBe('bdace')
  })

  it('goes past the next that it overlaps', () => {
    expect(names(after(objects('abcde'), 'b', 'forward'))).toBe('acbde')
    expect(names(after(objects('abcde'), 'd', 'backward'))).toBe('abdce')
    expect(names(after(objects('axybz'), 'a', 'forward'))).toBe('xybaz')
    expect(names(after(objects('axybz'), 'b', 'backward'))).toBe('baxyz')
  })

  it('goes on together, step by step, and stops at the end', () => {
    expect(names(after(objects('abcde'), 'ab', 'forward'))).toBe('cabde')
    expect(names(after(objects('abcde'), 'de', 'forward'))).toBe('abcde')
    expect(names(after(objects('abcde'), 'de', 'backward'))).toBe('abdec')
    expect(reordered(objects('abc'), new Set('c'), 'front')).toEqual([])
    expect(reordered(objects('abc'), new Set('a'), 'backward')).toEqual([])
    expect(reordered(objects('axy'), new Set('a'), 'forward')).toEqual([])
  })

  it('changes no more than it must', () => {
    expect(reordered(objects('abcdefgh'), new Set('a'), 'front')).toHaveLength(1)
    expect(reordered(objects('abcdefgh'), new Set('b'), 'forward').length).toBeLessThanOrEqual(4)
    const once = after(objects('abcdefgh'), 'b', 'front')
    expect(reordered(once, new Set('b'), 'back')).toHaveLength(1)
  })

  it('is what was asked for after any number of moves', () => {
    const moves = fc.array(
      fc.tuple(
        fc.subarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 1 }),
        fc.constantFrom('front', 'back', 'forward', 'backward'),
      ),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(moves, (list) => {
        let all: readonly Annotation[] = objects('abcdef')
        for (const [ids, way] of list) {
          const chosen = all.filter(({ id }) => ids.includes(id))
          const others = all.filter(({ id }) => !ids.includes(id))
          all = after(all, ids.join(''), way)
          if (way === 'front') expect(names(all)).toBe(names([...others, ...chosen]))
          if (way === 'back') expect(names(all)).toBe(names([...chosen, ...others]))
          // The others never change places among themselves, nor do the chosen.
          expect(names(all.filter(({ id }) => !ids.includes(id)))).toBe(names(others))
          expect(names(all.filter(({ id }) => ids.includes(id)))).toBe(names(chosen))
          expect(all.every(({ rank = 0 }) => Number.isFinite(rank))).toBe(true)
        }
      }),
    )
  })

  it('can be changed to and fro for ever', () => {
    let all = after(objects('abcd'), 'b', 'front')
    for (let at = 0; at < 200; at++) {
      all = after(all, 'c', 'forward')
      const place = names(all).indexOf('c')
      all = after(all, 'c', 'backward')
      expect(names(all).indexOf('c')).toBe(place - 1)
    }
  })

  it('puts what is new on top', () => {
    const [there, one] = [after(objects('abc'), 'a', 'front'), objects('n')[0]!]
    expect(names(inOrder([...there, ...onTop([one], there)]))).toBe('bcan')
    expect(onTop([one], objects('abc'))).toEqual([one])
  })
})
