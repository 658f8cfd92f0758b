/** Detectors by words: their tokenizer, what they are asked, and where what they find lies; generated ones, really run. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { inspectDetector } from '../../../core/detectors/inspect.ts'
import { wordsOf } from '../../../core/detectors/words.ts'
import { createDetectors } from '../../../core/inference/host/detect/detector.ts'
import { writeTinyWords, type TinyWordsKind } from '../../support/tiny-words.ts'

const top = mkdtempSync(join(tmpdir(), 'words-'))
afterAll(() => rmSync(top, { recursive: true }))

/** Nothing is run to find out what one by words is. */
const inference = {
  aside: () => {
    throw new Error('It was run.')
  },
}
const detectors = createDetectors('cpu', 1)

const red = [30, 20, 90, 70] as const
const blue = [150, 80, 220, 140] as const
const picture = (width: number, height: number) => {
  const rgb = new Uint8Array(3 * width * height).fill(40)
  for (const [box, channel] of [
    [red, 0],
    [blue, 2],
  ] as const)
    for (let y = box[1]; y < box[3]; y++)
      for (let x = box[0]; x < box[2]; x++)
        rgb.set([0, 0, 0].fill(255, channel, channel + 1), 3 * (y * width + x))
  return { width, height, rgb }
}

const find = async (path: string, words: string, size: [number, number] = [300, 160]) => {
  const detector = await inspectDetector(inference, { path, words })
  const [recipe] = detector.recipes
  const asked = {
    kind: 'detect',
    model: path,
    version: detector.version,
    recipe,
    outlines: null,
    keepsMasks: false,
  } as const
  const { detections } = await detectors.detect(picture(...size), { ...asked, minScore: 0.25 })
  return detections.map(({ classIndex, score, box }) => ({ word: recipe.classes[classIndex], score, box }))
}

let count = 0
const write = (kind: TinyWordsKind) => {
  const folder = join(top, `${kind}-${++count}`)
  return { folder, model: writeTinyWords(folder, kind) }
}

test('words are what stands between stops and commas, once each', () => {
  expect(wordsOf(' Cup. two  Spoons,cup; ')).toEqual(['cup', 'two spoons'])
  expect(wordsOf(' . ')).toEqual([])
})

describe.each(['grounding-dino', 'owl'] as const)('%s', (kind) => {
  const { model } = write(kind)

  test('finds what it is asked for where it is, in wide and in high pictures, and nothing else', async () => {
    for (const size of [
      [300, 160],
      [240, 400],
    ] as [number, number][]) {
      const found = await find(model, 'blue. red.', size)
      expect(found.map(({ word }) => word)).toEqual(['red', 'blue'])
      for (const [index, { score, box }] of found.entries()) {
        expect(score).toBeCloseTo(0.9 - 0.1 * index, 5)
        for (const [side, value] of box.entries())
          expect(Math.abs(value - [red, blue][index]![side]!), box.join(' ')).toBeLessThan(5)
      }
    }
    expect((await find(model, 'blue')).map(({ word }) => word)).toEqual(['blue'])
    expect(await find(model, 'green. yellow')).toEqual([])
  })

  test('without words it says that it wants some; its classes are the words', async () => {
    const { recipes } = await inspectDetector(inference, { path: model })
    expect(recipes[0]).toMatchObject({ id: kind, classes: [] })
    const told = await inspectDetector(inference, { path: model, words: 'Red sky. blue' })
    expect(told.recipes[0].classes).toEqual(['red sky', 'blue'])
  })
})

test('each word of a sentence has the columns of its own tokens', async () => {
  const { model } = write('grounding-dino')
  const { recipes } = await inspectDetector(inference, { path: model, words: 'reddish. blue sky. red' })
  const [{ decoding, texts }] = recipes
  // [CLS] red?dish is unknown as one word of this vocabulary: "red" and "##dish".
  expect(texts![0]).toMatchObject({ name: 'input_ids', data: [2, 5, 7, 4, 6, 8, 4, 5, 4, 3], dims: [1, 10] })
  expect(decoding).toMatchObject({ kind: 'words', columns: [[1, 2], [4, 5], [7]] })
})

test("a text of OWL's has 16 tokens, those that are left over masked", async () => {
  const { model } = write('owl')
  const { recipes } = await inspectDetector(inference, { path: model, words: 'red' })
  const [ids, mask] = recipes[0].texts!
  expect(ids!.dims).toEqual([1, 16])
  const length = mask!.data.indexOf(0)
  expect(ids!.data[0]).toBe(0)
  expect(ids!.data[length - 1]).toBe(1)
  expect(mask!.data.slice(length).every((one) => one === 0)).toBe(true)
})

describe('is refused in words', () => {
  const refused = (path: string, words = 'red') => expect(inspectDetector(inference, { path, words })).rejects

  test('without its tokenizer', async () => {
    const { folder, model } = write('owl')
    rmSync(join(folder, 'tokenizer.json'))
    await refused(model).toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/put tokenizer\.json and tokenizer_config\.json beside/) as string,
    })
  })

  test('with a tokenizer that is none, or has a pattern that may take for ever', async () => {
    const { folder, model } = write('owl')
    const file = join(folder, 'tokenizer.json')
    const whole = readFileSync(file, 'utf8')
    for (const text of [
      '[]',
      '{}',
      '{"model":{"type":"None"}}',
      whole.replace('\\\\s+', '(a+)+b'),
      'no json',
    ])
      await (writeFileSync(file, text), refused(model).toMatchObject({ code: 'bad-input' }))
  })

  test('asked for more than it takes', async () => {
    const { model } = write('grounding-dino')
    const many = Array.from({ length: 101 }, (_, at) => `w${at}`).join('. ')
    await refused(model, many).toThrow(/At most 100 words/)
    const long = Array.from({ length: 90 }, (_, at) => `red blue sky ${at}`).join('. ')
    await refused(model, long).toThrow(/too many words at once/)
    expect(existsSync(model)).toBe(true)
  })
})
