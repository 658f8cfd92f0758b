/** Mask 0 first, its alternatives when asked for: over the real client and a process that does as it is told. */
import { expect, test } from 'vitest'
import type { MaskName } from '../../../../common/segmentation.ts'
import { createOffers } from '../../../../core/inference/client/offers.ts'
import { imageOf, requestOf } from '../asked.ts'
import { open, settle } from './open-inference.ts'

const asked = { revision: 1, purpose: 'prompt' } as const

const begin = async () => {
  const opened = open()
  const fake = await opened.load()
  const offers = createOffers(opened.inference)
  const first = offers.segment(imageOf(1), requestOf())
  fake.begin(3)
  return { ...opened, fake, offers, first }
}

test('the first mask does not wait for the others', async () => {
  const { fake, offers, first } = await begin()
  const { candidates, more } = await first
  expect(candidates.map(({ index }) => index)).toEqual([0])
  expect(more).toBe(3)
  const others = offers.alternatives(imageOf(1), asked)
  fake.follow()
  expect((await others).candidates.map(({ index }) => index)).toEqual([1, 2, 3])
  // They are kept for as long as no other question comes.
  expect((await offers.alternatives(imageOf(1), asked)).candidates).toHaveLength(3)
})

test('a lone mask has no alternatives', async () => {
  const { inference, load } = open()
  const fake = await load()
  const offers = createOffers(inference)
  const first = offers.segment(imageOf(1), requestOf())
  fake.finish()
  expect((await first).more).toBe(0)
  expect((await offers.alternatives(imageOf(1), asked)).candidates).toEqual([])
})

test('a process that dies between the two parts is replaced, and the others come from the next', async () => {
  const { fake, offers, first, last, reload } = await begin()
  expect((await first).candidates).toHaveLength(1)
  const others = offers.alternatives(imageOf(1), asked)
  fake.crash()
  await reload()
  last().begin(3)
  last().follow()
  expect((await others).candidates).toHaveLength(3)
})

test('the next question waits for the whole answer and takes the place of its alternatives', async () => {
  const { fake, offers } = await begin()
  const next = offers.segment(imageOf(1), requestOf({ revision: 2 }))
  await settle()
  expect(fake.job()).toBe(null)
  await expect(offers.alternatives(imageOf(1), asked)).rejects.toMatchObject({ code: 'superseded' })
  fake.follow()
  await settle()
  fake.finish()
  expect((await next).revision).toBe(2)
})

/** What the inference was asked with as mask, by offers over one that answers at once. */
const createRemembering = () => {
  const asked: (Float32Array | null)[] = []
  const offers = createOffers({
    segment(_image, { maskInput, imageId, revision }) {
      asked.push(maskInput)
      const candidates = [0, 1].map((index) => ({
        index,
        score: 1,
        logits: new Float32Array(4).fill(revision),
      }))
      const crop = { x: 0, y: 0, width: 1, height: 1 }
      const timings = { wait: 0, encode: 0, decode: 0 }
      const answer = {
        imageId,
        revision,
        modelId: 'a',
        width: 1,
        height: 1,
        crop,
        canBeBetter: false,
        more: 0,
        timings,
        candidates,
      }
      return Promise.resolve(answer)
    },
  })
  const ask = (revision: number, maskInput: MaskName | null = null, id = 1) =>
    offers.segment(imageOf(id), { ...requestOf({ revision }), maskInput })
  return { asked, ask }
}

test('a mask is asked with by its name: the very logits that were answered', async () => {
  const { asked, ask } = createRemembering()
  const { id, candidates } = await ask(1)
  await ask(2, { answer: id, index: 1 })
  expect(asked[1]).toBe(candidates[1]!.logits)
})

test('a name that is forgotten, of another image or made up is not found; one in use stays', async () => {
  const { asked, ask } = createRemembering()
  const [old, used] = [await ask(1), await ask(2)]
  for (let revision = 3; revision < 12; revision++) await ask(revision, { answer: used.id, index: 0 })
  const count = asked.length
  for (const [name, image] of [
    [{ answer: old.id, index: 0 }, 1],
    [{ answer: used.id, index: 0 }, 2],
    [{ answer: used.id, index: 3 }, 1],
    [{ answer: 'nobody', index: 0 }, 1],
  ] as const)
    await expect(ask(20, name, image)).rejects.toMatchObject({ code: 'not-found' })
  expect(asked).toHaveLength(count)
})

test('each part of an answer has its name at once, and keeps it when another process answers the rest', async () => {
  const { fake, offers, first, last, reload } = await begin()
  const { id, candidates } = await first
  fake.crash()
  await reload()
  last().begin(3)
  last().follow()
  const others = (await offers.alternatives(imageOf(1), asked)).candidates
  for (const [revision, mask] of [candidates[0]!, others[1]!].entries()) {
    const name = { answer: id, index: mask.index }
    const next = offers.segment(imageOf(1), { ...requestOf({ revision: 2 + revision }), maskInput: name })
    await settle()
    const posted = last().posted.at(-1)!
    if (posted.type !== 'segment') throw new Error(`${posted.type} was posted.`)
    // The first mask is of the process that died: it is sent itself. The new one keeps the other.
    expect(posted.request.maskInput).toBe(mask.index === 0 ? mask.logits : null)
    expect(posted.mask).toEqual(mask.index === 0 ? null : { job: 2, index: mask.index })
    last().finish()
    await next
  }
})

test('alternatives without a first mask are not believed: the process is ended', async () => {
  const { inference, load } = open()
  const fake = await load()
  const before = inference.segment(imageOf(1), requestOf())
  fake.finish()
  await before
  void inference.segment(imageOf(1), requestOf({ revision: 2 })).catch(() => undefined)
  await settle()
  fake.say({ type: 'alternatives', job: 2, candidates: [] })
  expect(fake.killed).toBe(true)
})
