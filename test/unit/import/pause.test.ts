/** A pause of an import: what it counts is in the project, where a user looks at it meanwhile. */
import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { runWork } from '../../../common/work-client.ts'
import { openImportProject } from './project.ts'

const IMAGES = 800

test('paused, it has stored the objects of all images that it counts', async () => {
  const names = Array.from({ length: IMAGES }, (_, at) => `p${at}`)
  const project = await openImportProject(
    Object.fromEntries(names.map((name) => [`${name}.png`, [20, 10] as const])),
  )
  onTestFinished(() => project.close())
  const { client, write, top } = project
  for (const name of names) write(`labels/${name}.txt`, '0 0.5 0.5 0.5 0.5\n')
  write('labels/classes.txt', 'cup\n')
  const doneOf = async () => (await client.call('work.list', {})).works[0]!.done
  const storedOf = async () => {
    const filter = { text: 'objects:>0', show: 'all' } as const
    return (await client.call('images.list', { offset: 0, limit: 1, filter })).total
  }
  const pauses: number[] = []
  let looks = Promise.resolve()
  const look = async (id: string) => {
    await expect.poll(doneOf, { interval: 1 }).toBeGreaterThan(0)
    for (let at = 0; at < 5; at += 1) {
      await client.call('work.pause', { id })
      // An image that was begun is counted before the run waits.
      await expect.poll(async () => (await storedOf()) - (await doneOf()), { timeout: 5000 }).toBe(0)
      pauses.push(await doneOf())
      await client.call('work.resume', { id })
      await setTimeout(2)
    }
  }
  const request = { source: { path: `${top}/labels` }, existing: 'keep', boxes: 'rectangles' } as const
  const end = await runWork(client, 'import', request, undefined, (id) => (looks = look(id)))
  await looks
  expect(end).toMatchObject({ state: 'done', done: IMAGES })
  expect(pauses.some((done) => done > 0 && done < IMAGES)).toBe(true)
})
