/** The life of long work, driven through the contract with a kind that is registered as any other. */
import { join } from 'node:path'
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { Work } from '../../../common/contract/work.ts'
import { CodedError } from '../../../common/errors.ts'
import { allWorks } from '../../../core/work/all-works.ts'
import { defineWork, type WorkControl, type WorkKind } from '../../../core/work/work-kind.ts'
import { temporaryFolder } from '../store/records.ts'
import { pngOf } from '../export/folder.ts'
import { openCore } from '../../support/open-core.ts'

interface Toy {
  readonly steps: number
  readonly fails?: boolean | undefined
}

/** Counts to `steps`, one at a time: each step waits until the test lets it go on. */
const setUp = async (change: Partial<WorkKind> = {}) => {
  const top = temporaryFolder()
  const folder = join(top, 'photos')
  mkdirSync(folder)
  writeFileSync(join(folder, 'a.png'), pngOf(20, 10))
  const gates: (() => void)[] = []
  const controls: WorkControl<{ last: number }>[] = []
  const stored: number[] = []
  let cleaned = 0
  const toy = () => {
    const kind = defineWork<Toy, { last: number }>({
      name: 'toy',
      title: 'Count',
      unit: 'point',
      request: z.object({ steps: z.int().positive(), fails: z.boolean().optional() }),
      canPause: true,
      isListed: true,
      again: { refuse: 'It counts already.' },
      scope: 'project',
      holdsFolder: null,
      cleansUp: false,
      plan({ steps, fails }) {
        if (steps > 100) throw new CodedError('bad-input', 'That is too far.')
        return async (control) => {
          controls.push(control)
          control.begin(steps)
          try {
            for (let last = 1; last <= steps; last++) {
              await control.ready(() => stored.push(last))
              await new Promise<void>((go) => gates.push(go))
              if (control.signal.aborted) throw new CodedError('cancelled', 'Stopped.')
              if (fails === true) throw new CodedError('disk-full', 'No room to count.')
              control.detail({ last })
              control.leaveOut({ image: null, annotationId: null, message: `${last} is odd` })
              control.step(10)
            }
          } finally {
            cleaned++
          }
          return `Counted to ${steps}.`
        }
      },
    })
    return { ...kind, ...change }
  }
  const { core, client } = openCore(join(top, 'data'), { works: [...allWorks, toy] })
  onTestFinished(async () => {
    for (const go of gates.splice(0)) go()
    await core.close()
  })
  await client.call('project.open', { folder })
  const heard: Work[] = []
  client.on('work.changed', ({ work }) => heard.push(work))
  const start = async (request: unknown = { steps: 2 }) =>
    (await client.call('work.start', { kind: 'toy', request })).id
  /** A run waits at its gate. */
  const reached = () => expect.poll(() => gates.length).toBeGreaterThan(0)
  const gate = async () => {
    await reached()
    gates.shift()!()
  }
  const end = async (id: string) => {
    const isEnd = (work: Work) => work.id === id && ['done', 'failed', 'cancelled'].includes(work.state)
    await expect.poll(() => heard.some(isEnd)).toBe(true)
    return heard.findLast((work) => work.id === id)!
  }
  const list = async () => (await client.call('work.list', {})).works
  return { top, client, reached, heard, stored, controls, start, gate, end, list, cleaned: () => cleaned }
}

test('runs, tells how far it is, and ends with what it has to say', async () => {
  const { start, gate, end, heard, list } = await setUp()
  const id = await start()
  expect(heard).toEqual([])
  await gate()
  await gate()
  expect(await end(id)).toMatchObject({
    kind: 'toy',
    title: 'Count',
    state: 'done',
    done: 2,
    total: 2,
    perSecond: 100,
    message: 'Counted to 2.',
    leftOutCount: 2,
    detail: { last: 2 },
  })
  expect(heard[0]).toMatchObject({ id, state: 'running' })
  expect(await list()).toMatchObject([{ id, state: 'done' }])
})

test('what it is asked is checked, and what planning refuses is not begun', async () => {
  const { start, list } = await setUp()
  await expect(start({ steps: 'many' })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(/ can't be started: steps must be a number\.$/) as string,
  })
  await expect(start({ steps: 101 })).rejects.toMatchObject({
    code: 'bad-input',
    message: 'That is too far.',
  })
  expect(await list()).toEqual([])
})

test('a failure is told with its code', async () => {
  const { start, gate, end } = await setUp()
  const id = await start({ steps: 1, fails: true })
  await gate()
  expect(await end(id)).toMatchObject({
    state: 'failed',
    failure: { code: 'disk-full', message: 'No room to count.' },
  })
})

test('paused it waits, resumed it goes on', async () => {
  const { client, start, gate, end, controls, stored } = await setUp()
  const id = await start()
  await expect.poll(() => controls.length).toBe(1)
  await client.call('work.pause', { id })
  expect(stored).toEqual([])
  await gate()
  // What waits for more is stored before the run waits.
  await expect.poll(() => stored).toEqual([2])
  expect((await client.call('work.list', {})).works).toMatchObject([{ state: 'paused' }])
  await client.call('work.resume', { id })
  await gate()
  expect(await end(id)).toMatchObject({ state: 'done' })
})

test('cancelled it is over at once; the next one waits until it has let go', async () => {
  const { client, start, gate, reached, end, heard, cleaned } = await setUp()
  const first = await start()
  await reached()
  await expect(start()).rejects.toMatchObject({ code: 'conflict', message: 'It counts already.' })
  await client.call('work.cancel', { id: first })
  expect(await end(first)).toMatchObject({ state: 'cancelled' })
  expect(cleaned()).toBe(0)
  const second = await start({ steps: 1 })
  expect(heard.some(({ id }) => id === second)).toBe(false)
  await gate()
  await gate()
  expect(await end(second)).toMatchObject({ state: 'done' })
  expect(cleaned()).toBe(2)
  expect(heard.filter(({ id }) => id === first).at(-1)).toMatchObject({ state: 'cancelled' })
})

test('one that cleans up is over when it has', async () => {
  const { client, start, gate, reached, end, heard, cleaned } = await setUp({ cleansUp: true })
  const id = await start()
  await reached()
  await client.call('work.cancel', { id })
  expect(heard.some(({ state }) => state === 'cancelled')).toBe(false)
  await gate()
  expect(await end(id)).toMatchObject({ state: 'cancelled' })
  expect(cleaned()).toBe(1)
})

test('a second start joins the first, or takes its place, as its kind says', async () => {
  const joining = await setUp({ again: 'join' })
  expect(await joining.start()).toBe(await joining.start())
  const replacing = await setUp({ again: 'replace' })
  const first = await replacing.start()
  expect(await replacing.start()).not.toBe(first)
  expect(await replacing.end(first)).toMatchObject({ state: 'cancelled' })
})

test('another folder ends what belongs to the one before, unless the work holds the folder', async () => {
  const { client, start, end, top } = await setUp()
  const id = await start()
  await client.call('project.open', { folder: top })
  expect(await end(id)).toMatchObject({ state: 'cancelled' })

  const holding = await setUp({ holdsFolder: 'Still counting.' })
  await holding.start()
  await expect(holding.client.call('project.open', { folder: holding.top })).rejects.toMatchObject({
    code: 'conflict',
    message: 'Still counting.',
  })
})

test('a kind that is not registered is not found', async () => {
  const { client } = await setUp()
  await expect(client.call('work.start', { kind: 'toString', request: {} })).rejects.toMatchObject({
    code: 'not-found',
  })
})
