import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Polygon } from '../../../common/model.ts'
import { iouOfMasks, maskOfParts, pixelsOf } from '../../support/readers/masks.ts'
import { createBench, sample, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

interface Answer {
  width: number
  height: number
  model: string
  candidate: number
  score: number
  bbox: [number, number, number, number]
  area: number
  polygon: Polygon
  candidates: { index: number; score: number }[]
}

const astronaut = join(sample, 'astronaut.jpg')

const segment = async (args: readonly string[]) => {
  const outcome = await bench.run(['segment', ...args, '--json'])
  expect(outcome.err).toBe('')
  expect(outcome.code).toBe(0)
  return JSON.parse(outcome.out) as Answer
}

const maskOf = ({ polygon, width, height }: Answer) =>
  maskOfParts(
    polygon.parts.map((part) => [part.outer, ...part.holes]),
    width,
    height,
  )

describe('maskwright segment, with the real model', () => {
  it("finds the astronaut's face from one point and writes its mask", async () => {
    const png = join(bench.top, 'face.png')
    const answer = await segment([astronaut, '--point', '220,110', '--mask', png])
    expect(answer).toMatchObject({ width: 512, height: 512, candidate: 0, model: 'mobile-sam' })
    expect(answer.candidates.map(({ index }) => index)).toEqual([0, 1, 2, 3])
    expect(answer.score).toBeGreaterThan(0.8)
    const [x, y, w, h] = answer.bbox
    // The face as a person would box it.
    expect([x, y, x + w, y + h].map((value) => Math.round(value / 20))).toEqual([9, 3, 14, 10])
    const mask = maskOf(answer)
    expect(Math.abs(pixelsOf(mask) - answer.area) / answer.area).toBeLessThan(0.01)

    const picture = new Transformer(readFileSync(png))
    expect(await picture.metadata()).toMatchObject({ width: 512, height: 512 })
    const written = Uint8Array.from(await picture.rawPixels(), (value) => (value === 255 ? 1 : 0))
    expect(written).toHaveLength(512 * 512)
    expect(iouOfMasks({ width: 512, height: 512, data: written }, mask)).toBeGreaterThan(0.985)
  })

  it('refuses bands that are not three numbers, and bands of a picture that has none to choose from', async () => {
    const ask = (bands: string) => bench.run(['segment', astronaut, '--point', '220,110', '--bands', bands])
    const [two, none] = await Promise.all([ask('4,3'), ask('4,3,2')])
    expect(two.err).toContain('--bands takes three bands for red, green and blue, as 4,3,2, not "4,3"')
    expect(none.err).toContain('has no bands to choose from')
    expect([two.code, none.code].every((code) => code !== 0)).toBe(true)
  })

  it('finds the cup in its box, and another candidate when asked', async () => {
    const cup = await segment([join(sample, 'coffee.jpg'), '--box', '150,80,450,330'])
    expect(cup.candidates).toHaveLength(1)
    expect(cup.area).toBeGreaterThan(10_000)
    const whole = await segment([astronaut, '--point', '220,110', '--candidate', '2'])
    expect(whole.candidate).toBe(2)
    const best = await segment([astronaut, '--point', '220,110', '--candidate', 'best'])
    expect(best.score).toBe(Math.max(...best.candidates.map(({ score }) => score)))
  })

  it('takes points in their order, the negative one away from the mask', async () => {
    const args = [astronaut, '--point', '220,110', '--point', '220,300']
    const isIn = (answer: Answer, x: number, y: number) => maskOf(answer).data[y * 512 + x] === 1
    const more = await segment(args)
    expect(isIn(more, 220, 300)).toBe(true)
    const less = await segment([...args.slice(0, 3), '--point', '220,300,0'])
    expect(isIn(less, 220, 110)).toBe(true)
    expect(isIn(less, 220, 300)).toBe(false)
  })

  it('prints for people without --json', async () => {
    const { out, code } = await bench.run(['segment', astronaut, '--point', '220,110'])
    expect(code).toBe(0)
    expect(out).toMatch(/^Image .*astronaut\.jpg, 512 x 512\nMask {5}0, score 0\.9/)
    expect(out).toMatch(/\nPolygon {2}\d+ parts?, \d+ holes?, \d+ vertices\n {2}outer {2}[\d.]+,[\d.]+ /)
  })

  it('refuses a point outside the image, naming its size', async () => {
    const outcome = await bench.run(['segment', astronaut, '--point', '900,10'])
    expect(outcome).toMatchObject({ code: 1, out: '' })
    expect(outcome.err).toContain('The point 900,10 lies outside the image, which is 512 x 512 pixels.')
  })

  it('says where the mask can not be written, and leaves other files alone', async () => {
    writeFileSync(join(bench.top, 'file'), 'x')
    const outcome = await bench.run(['segment', astronaut, '--point', '220,110', '--mask', 'file/out.png'])
    expect(outcome.code).toBe(1)
    expect(outcome.err).toMatch(/^maskwright: The mask can't be written to file\/out\.png/)
    expect(existsSync(join(sample, '.maskwright/face.png'))).toBe(false)
  })
})
