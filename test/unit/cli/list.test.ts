/** `maskwright list`: the same language as in the window, on a real project. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBench, sample, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

it('lists what the filter means, in the order asked for', async () => {
  const out = async (...args: string[]) => (await bench.run(['list', sample, ...args])).out.trim().split('\n')
  expect(await out()).toEqual([
    'astronaut.jpg',
    'cat.jpg',
    'coffee.jpg',
    'coins.png',
    'galaxies.jpg',
    'rocket.jpg',
  ])
  expect(await out('--descending', 'name:co*')).toEqual(['coins.png', 'coffee.jpg'])
  expect(await out('--', '-name:*.jpg')).toEqual(['coins.png'])
  expect(JSON.parse((await bench.run(['list', sample, 'cat', '--json'])).out)).toEqual([
    expect.objectContaining({ image: 'cat.jpg', status: 'todo', objects: 0 }),
  ])
})

it('says what is wrong', async () => {
  expect(await bench.run(['list', sample, 'colour:red'])).toMatchObject({ code: 1, out: '' })
  expect((await bench.run(['list', sample, 'colour:red'])).err).toContain('There is no “colour:”')
  expect(await bench.run(['list', sample, '--sort', 'taste'])).toMatchObject({ code: 2 })
})
