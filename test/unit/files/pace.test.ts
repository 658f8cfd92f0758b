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

test('it stays swift while the drive answers at once, and a pause of the process is no slow drive', () => {
  const { pace, look } = paceOf()
  for (let k = 0; k < 1000; k++) {
    expect(pace.isSwift()).toBe(true)
    expect(look(k % 5 === 0 ? 20 : 0.02)).toBe('seen')
  }
})

test('slow answers in a row end that, until a plain look is tried again', () => {
  const { pace, look } = paceOf()
  for (let k = 0; k < 3; k++) look(12)
  const asked = Array.from({ length: 300 }, () => pace.isSwift())
  const again = asked.indexOf(true)
  expect(again).toBeGreaterThan(100)
  expect(asked.slice(again).every(Boolean)).toBe(true)
  look(12)
  expect(pace.isSwift()).toBe(false)
})

test('looks that fail slowly count as well', () => {
  let time = 0
  const pace = createPace(() => time)
  for (let k = 0; k < 3; k++)
    expect(() =>
      pace.timed(() => {
        time += 50
        throw new Error('gone')
      }),
    ).toThrow('gone')
  expect(pace.isSwift()).toBe(false)
})
