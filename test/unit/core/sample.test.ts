/** The sample photos are copied once, whole, and what was made with them stays. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { placeSample } from '../../../core/sample.ts'

let top: string
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'maskwright-sample-'))
  mkdirSync(join(top, 'source', '.maskwright'), { recursive: true })
  writeFileSync(join(top, 'source', 'a.jpg'), 'a')
  writeFileSync(join(top, 'source', '.maskwright', 'project.sqlite'), 'of the clone')
})
afterEach(() => rmSync(top, { recursive: true }))

it('copies the photos without a project, and nothing the second time', async () => {
  const data = join(top, 'data')
  const [one, other] = await Promise.all([1, 2].map(() => placeSample(join(top, 'source'), data)))
  expect(one).toBe(other)
  expect(readdirSync(one!)).toEqual(['a.jpg'])
  expect(readdirSync(data)).toEqual(['sample'])
  writeFileSync(join(one!, 'labels'), 'mine')
  expect(await placeSample(join(top, 'source'), data)).toBe(one)
  expect(existsSync(join(one!, 'labels'))).toBe(true)
})

it('says why there are none', async () => {
  await expect(placeSample(undefined, top)).rejects.toMatchObject({ code: 'not-found' })
  writeFileSync(join(top, 'file'), '')
  await expect(placeSample(join(top, 'source'), join(top, 'file'))).rejects.toMatchObject({
    code: 'not-writable',
  })
})
