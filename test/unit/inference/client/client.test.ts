/** The client against a process that is slow, dies, or lies. */
import { describe, expect, test, vi } from 'vitest'
import { imageOf, requestOf } from '../asked.ts'
import { open, options, segment, settle, until } from './open-inference.ts'

describe('answers', () => {
  test('a click before the model is loaded is kept and answered', async () => {
    const { inference, load } = open()
    const click = segment(inference, 1, 7)
    const fake = await load()
    fake.finish()
    expect(await click).toBe('image 1 revision 7')
  })

  test('of many clicks in a row the running and the last are answered', async () => {
    const { inference, load } = open()
    const fake = await load()
    const clicks = [1, 2, 3, 4].map((revision) => segment(inference, 1, revision))
    fake.finish()
    await settle()
    fake.finish()
    expect(await Promise.all(clicks)).toEqual([
      'image 1 revision 1',
      'superseded',
      'superseded',
      'image 1 revision 4',
    ])
    expect(fake.posted.filter(({ type }) => type === 'segment')).toHaveLength(2)
  })

  test('the wait until it was sent is part of the timings', async () => {
    const { inference, load } = open()
    const answer = inference.segment(imageOf(1), requestOf())
    await new Promise((resolve) => setTimeout(resolve, 40))
    const fake = await load()
    fake.finish()
    expect((await answer).timings.wait).toBeGreaterThan(30)
  })

  test('a failure comes with its code and in words, and the next click works', async () => {
    const { inference, load } = open()
    const fake = await load()
    const broken = inference.segment(imageOf(1), requestOf())
    fake.fail('image-unreadable', 'The file is empty (0 bytes).')
    await expect(broken).rejects.toMatchObject({
      code: 'image-unreadable',
      message: 'The file is empty (0 bytes).',
    })
    const next = segment(inference, 1, 2)
    fake.finish()
    expect(await next).toBe('image 1 revision 2')
  })

  test('an answer to an older job is dropped', async () => {
    const { inference, load } = open()
    const fake = await load()
    const first = segment(inference, 1, 1)
    fake.finish()
    await first
    const second = segment(inference, 2, 2)
    fake.say({ type: 'failed', job: 1, error: { code: 'internal', message: 'late' }, held: [] })
    fake.finish()
    expect(await second).toBe('image 2 revision 2')
  })

  test.each([{ imageId: 99 }, { revision: 99 }])('with wrong ids %o are never shown', async (wrong) => {
    const { inference, load, last, reload } = open()
    const fake = await load()
    const click = segment(inference, 1, 5)
    fake.finish(wrong)
    expect(fake.killed).toBe(true)
    await reload()
    last().finish()
    expect(await click).toBe('image 1 revision 5')
  })
})

describe('focus', () => {
  test('the image on screen is encoded first, then those ahead; a click comes before them', async () => {
    const { inference, load } = open()
    const fake = await load()
    inference.focus(imageOf(1), [imageOf(2), imageOf(3)])
    expect(fake.job()).toMatchObject({ type: 'encode', image: { id: 1 } })
    fake.finish()
    expect(fake.job()).toMatchObject({ type: 'encode', image: { id: 2 } })
    const click = segment(inference, 1, 1)
    fake.finish()
    expect(fake.job()).toMatchObject({ type: 'segment', image: { id: 1 } })
    fake.finish()
    await click
    expect(fake.job()).toMatchObject({ type: 'encode', image: { id: 3 } })
    fake.finish()
    expect(fake.job()).toBeNull()
    expect(inference.status()).toMatchObject({ state: 'idle', ready: [1, 2, 3] })
  })

  test('a running encode is not stopped when the user moves on, the queued ones are dropped', async () => {
    const { inference, load } = open()
    const fake = await load()
    inference.focus(imageOf(1), [imageOf(2)])
    inference.focus(imageOf(5), [imageOf(6)])
    fake.finish()
    expect(fake.job()).toMatchObject({ image: { id: 5 } })
    fake.finish()
    expect(fake.job()).toMatchObject({ image: { id: 6 } })
  })

  test('the ready ids of another project are not taken for this one', async () => {
    const { inference, load } = open()
    const fake = await load()
    inference.focus(imageOf(1, '/a/1.jpg'), [])
    fake.finish()
    inference.focus(imageOf(1, '/b/1.jpg'), [])
    expect(inference.status().ready).toEqual([])
    expect(fake.job()).toMatchObject({ image: { file: '/b/1.jpg' } })
  })

  test('an image ahead that can not be read stops nothing', async () => {
    const { inference, load } = open()
    const fake = await load()
    inference.focus(imageOf(1), [imageOf(2), imageOf(3)])
    fake.finish()
    fake.fail('image-unreadable', 'The file is empty (0 bytes).')
    expect(fake.job()).toMatchObject({ image: { id: 3 } })
  })
})

describe('status', () => {
  test('tells the stage, the image and how long an encode takes', async () => {
    const { inference, load, statuses } = open()
    const fake = await load()
    inference.focus(imageOf(1), [imageOf(2)])
    fake.say({ type: 'stage', job: 1, imageId: 1, stage: 'encoding' })
    expect(inference.status()).toMatchObject({ state: 'encoding', imageId: 1, expectedMs: null })
    fake.finish()
    fake.say({ type: 'stage', job: 2, imageId: 2, stage: 'encoding' })
    expect(inference.status()).toMatchObject({ state: 'encoding', imageId: 2, expectedMs: 200, ready: [1] })
    fake.finish()
    expect(statuses.map(({ state }) => state)).toEqual([
      'starting',
      'idle',
      'encoding',
      'idle',
      'encoding',
      'idle',
    ])
  })

  test('a decode is told when it lasts, and not when it is over first', async () => {
    const { inference, load, statuses } = open()
    const fake = await load()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      for (const [revision, wait] of [
        [1, 200],
        [2, 400],
      ] as const) {
        const click = segment(inference, 1, revision)
        expect(inference.status().state).toBe('idle')
        vi.advanceTimersByTime(wait)
        expect(inference.status().state).toBe(wait > 300 ? 'decoding' : 'idle')
        fake.finish()
        await click
        vi.advanceTimersByTime(400)
        expect(inference.status().state).toBe('idle')
      }
    } finally {
      vi.useRealTimers()
    }
    expect(statuses.map(({ state }) => state)).toEqual(['starting', 'idle', 'idle', 'decoding', 'idle'])
  })

  test('an encode is told as one however long it takes, and the decode after it when it lasts', async () => {
    const { inference, load } = open()
    const fake = await load()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const click = segment(inference, 1, 1)
      vi.advanceTimersByTime(100)
      fake.say({ type: 'stage', job: 1, imageId: 1, stage: 'encoding' })
      vi.advanceTimersByTime(400)
      expect(inference.status().state).toBe('encoding')
      fake.say({ type: 'stage', job: 1, imageId: 1, stage: 'decoding' })
      vi.advanceTimersByTime(200)
      expect(inference.status().state).toBe('encoding')
      vi.advanceTimersByTime(200)
      expect(inference.status().state).toBe('decoding')
      fake.finish()
      await click
    } finally {
      vi.useRealTimers()
    }
  })

  test('a decode whose first mask is there is not told any more', async () => {
    const { inference, load, statuses } = open()
    const fake = await load()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const click = segment(inference, 1, 1)
      vi.advanceTimersByTime(200)
      fake.begin(3)
      vi.advanceTimersByTime(200)
      fake.follow()
      await click
    } finally {
      vi.useRealTimers()
    }
    expect(statuses.map(({ state }) => state)).not.toContain('decoding')
  })

  test('tells the model, its provider and what it fell back from', async () => {
    const { inference, last, isAskedToLoad } = open({ options: { provider: 'cuda' } })
    await until(isAskedToLoad)
    const message = "cuda can't be used here; the CPU is used instead."
    last().say({
      type: 'loaded',
      embeddingBytes: 2_097_152,
      modelId: 'hwc-1',
      provider: 'cpu',
      providers: ['cpu'],
      message,
    })
    expect(inference.status()).toMatchObject({ modelId: 'hwc-1', provider: 'cpu', message })
    expect(await inference.providers()).toEqual(['cpu'])
  })
})

describe('a process that dies', () => {
  test('while it starts: the click is answered by the next', async () => {
    const { inference, last, reload } = open()
    const click = segment(inference, 1, 3)
    last().crash()
    ;(await reload()).finish()
    expect(await click).toBe('image 1 revision 3')
  })

  test('while it encodes the image on screen: it is encoded again', async () => {
    const { inference, load, last, reload } = open()
    await load()
    inference.focus(imageOf(1), [])
    last().crash()
    await reload()
    expect(last().job()).toMatchObject({ type: 'encode', image: { id: 1 } })
  })

  test('while it answers a click: the click is sent again, and the user is told', async () => {
    const { inference, load, last, statuses } = open()
    await load()
    const click = segment(inference, 4, 2)
    last().crash()
    expect(inference.status()).toMatchObject({ state: 'restarting', ready: [] })
    ;(await load()).finish()
    expect(await click).toBe('image 4 revision 2')
    expect(statuses.some(({ message }) => message?.includes('nothing was lost'))).toBe(true)
  })

  test('while a later click waits: the later one is answered', async () => {
    const { inference, load, last } = open()
    await load()
    const first = segment(inference, 1, 1)
    const second = segment(inference, 2, 2)
    last().crash()
    ;(await load()).finish()
    expect(await Promise.all([first, second])).toEqual(['superseded', 'image 2 revision 2'])
  })

  test('while it is idle: another one is there before the next click', async () => {
    const { inference, load, last, processes } = open()
    await load()
    last().crash()
    await load()
    expect(processes).toHaveLength(2)
    expect(inference.status().message).toContain('nothing was lost')
    const click = segment(inference, 1, 1)
    expect(inference.status().message).toBeNull()
    last().finish()
    expect(await click).toBe('image 1 revision 1')
  })

  test('again and again of one click: it is given up, the next is answered', async () => {
    const { inference, load, last } = open()
    const click = segment(inference, 1, 1)
    for (let i = 0; i < 3; i++) {
      await load()
      last().crash()
    }
    expect(await click).toBe('inference-failed')
    await load()
    const next = segment(inference, 2, 2)
    last().finish()
    expect(await next).toBe('image 2 revision 2')
  })

  test('before it ever loads: unavailable, in words; a later click tries again', async () => {
    const { inference, load, last, processes } = open()
    const click = segment(inference, 1, 1)
    for (let i = 1; i <= 3; i++) {
      last().crash('code 127')
      if (i < 3) await until(() => processes.length === i + 1)
    }
    expect(await click).toBe('inference-failed')
    expect(inference.status()).toMatchObject({ state: 'unavailable' })
    expect(inference.status().message).toContain('code 127')
    const again = segment(inference, 1, 2)
    ;(await load()).finish()
    expect(await again).toBe('image 1 revision 2')
  })

  test('of a provider that ends it while it loads: the CPU takes its place, and the user is told', async () => {
    const { inference, load, last, processes, isAskedToLoad } = open({ options: { provider: 'cuda' } })
    const click = segment(inference, 1, 1)
    for (let i = 1; i <= 3; i++) {
      await until(isAskedToLoad)
      expect(last().posted).toMatchObject([{ type: 'load', provider: 'cuda' }])
      last().crash('signal SIGILL')
      await until(() => processes.length === i + 1)
    }
    ;(await load()).finish()
    expect(await click).toBe('image 1 revision 1')
    expect(inference.status()).toMatchObject({ provider: 'cpu' })
    const told = "cuda can't be used here (signal SIGILL); the CPU is used instead."
    expect(inference.status().message).toBe(told)
    // It stays that way when the process ends later, and is tried again when the user picks it again.
    last().crash()
    await until(() => processes.length === 5 && isAskedToLoad())
    expect(last().posted).toMatchObject([{ type: 'load', provider: 'cpu' }])
    inference.use({ ...options, provider: 'cuda', threads: 1 })
    await until(() => processes.length === 6 && isAskedToLoad())
    expect(last().posted).toMatchObject([{ type: 'load', provider: 'cuda' }])
  })

  test('on the CPU too after that: unavailable', async () => {
    const { inference, last, processes } = open({ options: { provider: 'cuda' } })
    const click = segment(inference, 1, 1)
    for (let i = 1; i <= 4; i++) {
      last().crash('code 127')
      if (i < 4) await until(() => processes.length === i + 1)
    }
    expect(await click).toBe('inference-failed')
    expect(inference.status()).toMatchObject({ state: 'unavailable' })
  })

  test('an answer of the dead one that comes late is dropped', async () => {
    const { inference, load, processes } = open()
    const first = await load()
    const click = segment(inference, 1, 1)
    inference.use({ ...options, threads: 1 })
    first.finish()
    const second = await load()
    expect(processes).toHaveLength(2)
    second.finish()
    expect(await click).toBe('image 1 revision 1')
  })
})

test('close ends the process and refuses what waits and what comes', async () => {
  const { inference, load } = open()
  const fake = await load()
  const click = segment(inference, 1, 1)
  await inference.close()
  expect(await click).toBe('cancelled')
  expect(fake.posted.at(-1)).toEqual({ type: 'close' })
  expect(await segment(inference, 1, 2)).toBe('cancelled')
})
