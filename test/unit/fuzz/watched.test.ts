/** The fuzzer itself: it finds what it is there to find, and goes on after it. */
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createWatched } from '../../fuzz/watched.ts'

const watched = createWatched('toy', {
  entry: join(import.meta.dirname, 'toy-process.ts'),
  busySeconds: 0.5,
  silentSeconds: 4,
})
afterAll(() => watched.close())

test('a case without a fault has none, also after one that ended the process', async () => {
  expect(await watched.run('well')).toMatchObject({ end: 'answered', faults: [], values: 1, refusals: 0 })
  expect(await watched.run('die')).toMatchObject({ end: 'died' })
  expect(await watched.run(1)).toMatchObject({ end: 'answered', faults: [] })
})

// Where the system does not tell how much a process works, it is ended for its silence.
test.each([
  ['hang', /busy for|no answer/],
  ['silent', /no answer in 4 s/],
])('%s: ended', async (name, fault) => {
  const { end, faults } = await watched.run(name)
  expect(end).toBe('hung')
  expect(faults.join()).toMatch(fault)
})

test.each([
  ['touch', /touched: home\/shared\/a\.txt/],
  ['read', /a private file was read/],
  ['copy', /a private file's text was copied/],
  ['raw', /raw words in a message: bbox\.0/],
  ['uncoded', /no CodedError: TypeError/],
  ['unforeseen', /an unforeseen error/],
  ['forget', /an object is gone/],
])('%s: found', async (name, fault) => {
  const { end, faults } = await watched.run(name)
  expect(end).toBe('answered')
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(fault)
})
