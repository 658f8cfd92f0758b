/** What runs next: latest wins, the image on screen before others, prompts before work that nobody waits for. */
import { describe, expect, test } from 'vitest'
import type { CodedError } from '../../../../common/errors.ts'
import { createQueue, type SegmentJob } from '../../../../core/inference/client/queue.ts'
import type { Urgency } from '../../../../core/inference/client/inference.ts'
import { imageOf, requestOf } from '../asked.ts'

const held =
  (...ids: number[]) =>
  (image: { id: number }) =>
    ids.includes(image.id)

const jobOf = (id: number, revision: number, purpose: 'prompt' | 'hover' = 'prompt') => {
  const refused: CodedError[] = []
  const job: SegmentJob = {
    kind: 'segment',
    image: imageOf(id),
    request: requestOf({ imageId: id, revision, purpose }),
    askedAt: 0,
    answer: () => undefined,
    refuse: (error) => refused.push(error),
    urgency: null,
  }
  return { job, refused }
}

describe('order', () => {
  test('one job runs at a time', () => {
    const queue = createQueue()
    queue.ask(jobOf(1, 1).job)
    expect(queue.next(held())).toMatchObject({ kind: 'segment' })
    queue.ask(jobOf(1, 2).job)
    expect(queue.next(held())).toBeNull()
    queue.finish('done')
    expect(queue.next(held())).toMatchObject({ request: { revision: 2 } })
  })

  test('the image on screen, then the prompt of one that was left, then the hover, then images ahead', () => {
    const queue = createQueue()
    queue.focus(imageOf(1), [imageOf(2), imageOf(3)])
    const prompt = jobOf(9, 1)
    const hover = jobOf(1, 2, 'hover')
    queue.ask(prompt.job)
    queue.ask(hover.job)
    const order: string[] = []
    const done: number[] = []
    for (let job = queue.next(held()); job !== null; job = queue.next(held(...done))) {
      order.push(`${job.kind} ${job.image?.id}`)
      done.push(job.image!.id)
      queue.finish('done')
    }
    expect(order).toEqual(['encode 1', 'segment 9', 'segment 1', 'encode 2', 'encode 3'])
    expect(prompt.refused).toEqual([])
  })

  test('the prompt of the image on screen is its encode, and comes first', () => {
    const queue = createQueue()
    queue.focus(imageOf(1), [imageOf(2)])
    const { job } = jobOf(1, 1)
    queue.ask(job)
    expect(queue.next(held())).toBe(job)
  })

  test('a prompt of an image that was left is answered when that on screen can not be encoded', () => {
    const queue = createQueue()
    queue.focus(imageOf(1), [])
    const { job } = jobOf(9, 1)
    queue.ask(job)
    expect(queue.next(held())).toMatchObject({ kind: 'encode', image: { id: 1 } })
    queue.finish('failed')
    expect(queue.next(held())).toBe(job)
  })

  test('work that can wait comes last, the most urgent first, and is never superseded', () => {
    const queue = createQueue()
    const ask = (id: number, urgency: Urgency) => queue.ask({ ...jobOf(id, id).job, urgency })
    queue.ask({
      kind: 'prepare',
      mirrored: false,
      image: imageOf(5),
      urgency: 'prepare',
      answer: () => undefined,
      refuse: () => undefined,
    })
    ask(6, 'boxes')
    ask(7, 'boxes')
    ask(8, 'everything')
    queue.focus(imageOf(1), [imageOf(2)])
    queue.ask(jobOf(9, 1).job)
    const order: string[] = []
    const done: number[] = []
    for (let job = queue.next(held()); job !== null; job = queue.next(held(...done))) {
      order.push(`${job.kind} ${job.image?.id}`)
      done.push(job.image!.id)
      queue.finish('done')
    }
    expect(order.join(', ')).toBe('encode 1, segment 9, encode 2, segment 8, segment 6, segment 7, prepare 5')
  })

  test('work that can wait is tried again after a crash, and given up after three', () => {
    const queue = createQueue()
    const { job, refused } = jobOf(1, 1)
    queue.ask({ ...job, urgency: 'boxes' })
    for (let crash = 1; crash <= 3; crash++) {
      expect(queue.next(held())).toMatchObject({ kind: 'segment', image: { id: 1 } })
      queue.putBack(true)
    }
    expect(queue.next(held())).toBeNull()
    expect(refused.map(({ code }) => code)).toEqual(['inference-failed'])
  })

  test('an encode that nobody needs any more is not started', () => {
    const queue = createQueue()
    queue.focus(imageOf(1), [imageOf(2), imageOf(3)])
    expect(queue.next(held())).toMatchObject({ image: { id: 1 } })
    queue.focus(imageOf(7), [imageOf(8)])
    queue.finish('done')
    expect(queue.next(held(1))).toMatchObject({ image: { id: 7 } })
    queue.finish('done')
    expect(queue.next(held(1, 7))).toMatchObject({ image: { id: 8 } })
  })

  test('what is held is not encoded, and what was pushed out of memory not over and over', () => {
    const queue = createQueue()
    queue.focus(imageOf(1), [imageOf(2)])
    expect(queue.next(held(1))).toMatchObject({ image: { id: 2 } })
    queue.finish('done')
    expect(queue.next(held(1))).toBeNull()
  })

  test('the same id in another project is another image', () => {
    const queue = createQueue()
    queue.focus(imageOf(1, '/a/1.jpg'), [])
    queue.next(held())
    queue.finish('done')
    queue.focus(imageOf(1, '/b/1.jpg'), [])
    expect(queue.next((image) => image.file === '/a/1.jpg')).toMatchObject({ image: { file: '/b/1.jpg' } })
  })
})

describe('latest wins', () => {
  test('the waiting prompt is replaced, the running one is not', () => {
    const queue = createQueue()
    const [first, second, third] = [jobOf(1, 1), jobOf(1, 2), jobOf(2, 3)]
    queue.ask(first.job)
    queue.next(held())
    queue.ask(second.job)
    queue.ask(third.job)
    expect(second.refused.map(({ code }) => code)).toEqual(['superseded'])
    expect([first.refused, third.refused]).toEqual([[], []])
    queue.finish('done')
    expect(queue.next(held())).toBe(third.job)
  })

  test('a hover takes the place of a hover only; a prompt ends it', () => {
    const queue = createQueue()
    const [prompt, hover, later] = [jobOf(1, 1), jobOf(1, 2, 'hover'), jobOf(1, 3, 'hover')]
    queue.ask(prompt.job)
    queue.ask(hover.job)
    queue.ask(later.job)
    expect(hover.refused).toHaveLength(1)
    expect(prompt.refused).toEqual([])
    queue.ask(jobOf(1, 4).job)
    expect(later.refused).toHaveLength(1)
  })

  test('a hover over an image that is neither on screen nor at hand is dropped', () => {
    const queue = createQueue()
    queue.focus(imageOf(1), [])
    const hover = jobOf(5, 1, 'hover')
    queue.ask(hover.job)
    expect(queue.next(held(1))).toBeNull()
    expect(hover.refused.map(({ code }) => code)).toEqual(['superseded'])
  })
})

describe('after a crash', () => {
  test('the running prompt waits again', () => {
    const queue = createQueue()
    const asked = jobOf(1, 1)
    queue.ask(asked.job)
    queue.next(held())
    queue.putBack(true)
    expect(queue.running()).toBeNull()
    expect(queue.next(held())).toBe(asked.job)
  })

  test('but not when a later one waits', () => {
    const queue = createQueue()
    const [asked, later] = [jobOf(1, 1), jobOf(1, 2)]
    queue.ask(asked.job)
    queue.next(held())
    queue.ask(later.job)
    queue.putBack(true)
    expect(asked.refused.map(({ code }) => code)).toEqual(['superseded'])
    expect(queue.next(held())).toBe(later.job)
  })

  test('a prompt is given up after three, an end on purpose does not count', () => {
    const queue = createQueue()
    const asked = jobOf(1, 1)
    queue.ask(asked.job)
    for (const blame of [true, false, true, false]) {
      expect(queue.next(held())).toBe(asked.job)
      queue.putBack(blame)
    }
    expect(asked.refused).toEqual([])
    queue.next(held())
    queue.putBack(true)
    expect(asked.refused.map(({ code }) => code)).toEqual(['inference-failed'])
    expect(queue.next(held())).toBeNull()
  })

  test('an image that kills the process three times is left alone; the others go on', () => {
    const queue = createQueue()
    queue.focus(imageOf(1), [imageOf(2)])
    for (let i = 0; i < 3; i++) {
      expect(queue.next(held())).toMatchObject({ image: { id: 1 } })
      queue.putBack(true)
    }
    expect(queue.next(held())).toMatchObject({ image: { id: 2 } })
    queue.finish('done')
    queue.focus(imageOf(1), [])
    expect(queue.next(held(2))).toBeNull()
  })

  test('an image that was encoded in the end starts anew: only three in a row leave it alone', () => {
    const queue = createQueue()
    for (let round = 0; round < 3; round++) {
      queue.focus(imageOf(1), [])
      for (let crash = 0; crash < 2; crash++) {
        expect(queue.next(held())).toMatchObject({ image: { id: 1 } })
        queue.putBack(true)
      }
      expect(queue.next(held())).toMatchObject({ image: { id: 1 } })
      queue.finish('done')
    }
  })

  test('what was encoded is encoded again', () => {
    const queue = createQueue()
    queue.focus(imageOf(1), [])
    queue.next(held())
    queue.finish('done')
    expect(queue.next(held(1))).toBeNull()
    queue.putBack(true)
    expect(queue.next(held())).toMatchObject({ image: { id: 1 } })
  })
})

test('an image that can not be encoded is tried again only when it is opened again', () => {
  const queue = createQueue()
  queue.focus(imageOf(1), [])
  queue.next(held())
  queue.finish('failed')
  expect(queue.next(held())).toBeNull()
  queue.focus(imageOf(1), [])
  expect(queue.next(held())).toMatchObject({ image: { id: 1 } })
})
