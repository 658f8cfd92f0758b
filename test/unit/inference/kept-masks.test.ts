/** A follow-up names the mask it builds on where the process keeps it, and carries its logits where it does not. */
import { expect, test } from 'vitest'
import { createMaskKeep, createMaskNames } from '../../../core/inference/kept-masks.ts'
import type { MaskQuestion } from '../../../common/segmentation.ts'
import type { Inference } from '../../../core/inference/client/inference.ts'
import { imageOf, requestOf } from './asked.ts'
import type { FakeProcess } from './client/fake-process.ts'
import { open, settle } from './client/open-inference.ts'

const candidateOf = (index: number) => ({ index, score: 1, logits: new Float32Array(4).fill(index) })

test('both sides agree on what is kept', () => {
  const keep = createMaskKeep()
  const names = createMaskNames()
  const [first, second] = [candidateOf(0), candidateOf(1)]
  keep.keep(1, [first])
  keep.keep(1, [second])
  names.answered(1, [first])
  names.answered(1, [second])
  let named = 0
  for (let job = 2; job < 12; job++) {
    keep.begin(job)
    for (const { logits } of [first, second]) {
      const name = names.nameOf(logits, job)
      if (name === null) continue
      named++
      expect(keep.logitsOf(name)).toBe(logits)
    }
  }
  expect(named).toBe(8)
  expect(() => keep.logitsOf({ job: 1, index: 0 })).toThrow('not kept')
})

test('equal logits of somebody else have no name, and none has one when the process is gone', () => {
  const names = createMaskNames()
  const { logits } = candidateOf(2)
  names.answered(1, [{ index: 2, score: 1, logits }])
  expect(names.nameOf(logits.slice(), 2)).toBeNull()
  expect(names.nameOf(logits, 2)).toEqual({ job: 1, index: 2 })
  names.forget()
  expect(names.nameOf(logits, 2)).toBeNull()
})

/** Asks, and tells what was posted of the mask. */
const post = async (inference: Inference, fake: FakeProcess, change: Partial<MaskQuestion>) => {
  const answer = inference.segment(imageOf(1), requestOf(change))
  await settle()
  const posted = fake.posted.at(-1)!
  if (posted.type !== 'segment') throw new Error(`${posted.type} was posted.`)
  return { answer, mask: posted.mask, sent: posted.request.maskInput }
}

const openAnswered = async () => {
  const opened = open()
  const fake = await opened.load()
  const first = opened.inference.segment(imageOf(1), requestOf())
  fake.finish()
  const { logits } = (await first).candidates[0]!
  return { ...opened, fake, logits }
}

test('the process is not sent what it has answered itself', async () => {
  const { inference, fake, logits } = await openAnswered()
  const follow = await post(inference, fake, { revision: 2, maskInput: logits })
  expect(follow.mask).toEqual({ job: 1, index: 0 })
  expect(follow.sent).toBeNull()
  fake.finish()
  await follow.answer
  const drawn = new Float32Array(256 * 256)
  const other = await post(inference, fake, { revision: 3, maskInput: drawn })
  expect(other.mask).toBeNull()
  expect(other.sent).toBe(drawn)
  fake.finish()
  await other.answer
})

test('another process is sent the logits', async () => {
  const { inference, fake, logits, last, reload } = await openAnswered()
  const follow = await post(inference, fake, { revision: 2, maskInput: logits })
  expect(follow.mask).not.toBeNull()
  fake.crash()
  await reload()
  const again = last().posted.at(-1)!
  expect(again).toMatchObject({ type: 'segment', mask: null })
  expect(again.type === 'segment' && again.request.maskInput).toBe(logits)
  last().finish()
  expect((await follow.answer).revision).toBe(2)
})
