/** Files are looked at by plain calls until one of them shows that the drive is slow; later that is tried again. */
import { expect, test } from 'vitest'
import { createPace } from '../../../core/files/pace.ts'

/** A pace on a clock that a look moves on. */
const paceOf = () => {
  let time = 0
  const pace = createPace(() => time)
  return {
    pace,
    look: (ms: number) =>
      pace.timed(() => {
        time += ms
        return 'seen'
      }),
  }
}

test('it stays swift while the drive answers at once', () => {
  const { pace, look } = paceOf()
  for (let k = 0; k < 1000; k++) {
    expect(pace.isSwift()).toBe(true)
    expect(look(0.02)).toBe('seen')
  }
})

test('one slow answer ends that, until a plain look is tried again', () => {
  const { pace, look } = paceOf()
  look(12)
  const asked = Array.from({ length: 300 }, () => pace.isSwift())
  const again = asked.indexOf(true)
  expect(again).toBeGreaterThan(100)
  expect(asked.slice(again).every(Boolean)).toBe(true)
  look(12)
  expect(pace.isSwift()).toBe(false)
})

test('a look that fails slowly counts as well', () => {
  let time = 0
  const pace = createPace(() => time)
  expect(() =>
    pace.timed(() => {
      time = 50
      throw new Error('gone')
    }),
  ).toThrow('gone')
  expect(pace.isSwift()).toBe(false)
})
