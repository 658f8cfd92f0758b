/** `maskwright segment --stream` as other programs drive it, and docs/scripting.md's Python as it stands there. */
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeRle, expandCounts } from '../../../common/geometry/rle.ts'
import type { Polygon } from '../../../common/model.ts'
import { iouOfMasks, maskOfParts } from '../../support/readers/masks.ts'
import { createBench, root, sample, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

interface Answer {
  id?: unknown
  image: string
  width: number
  height: number
  objects: {
    score: number
    bbox: number[]
    polygon: Polygon
    rle: { size: [number, number]; counts: string }
  }[]
  error?: { code: string; message: string }
}

/** Asks line by line, each after the answer to the one before, as a script does. */
const ask = async (args: readonly string[], questions: readonly unknown[]): Promise<Answer[]> => {
  const child = spawn(process.execPath, [join(root, 'cli/bin.js'), 'segment', '--stream', ...args], {
    cwd: bench.top,
    env: { ...process.env, MASKWRIGHT_DATA: bench.data },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers: Answer[] = []
  let rest = ''
  const write = () => {
    const next = questions[answers.length]
    if (next === undefined) child.stdin.end()
    else child.stdin.write(`${typeof next === 'string' ? next : JSON.stringify(next)}\n`)
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    rest += text
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      answers.push(JSON.parse(rest.slice(0, end)) as Answer)
      rest = rest.slice(end + 1)
      write()
    }
  })
  write()
  const code = await new Promise((done) => child.once('close', done))
  expect(code).toBe(0)
  return answers
}

describe('the stream', () => {
  it('answers each line in its turn, with what was found or what is wrong', async () => {
    const cat = join(sample, 'cat.jpg')
    copyFileSync(join(sample, 'astronaut.jpg'), join(bench.top, 'photo.jpg'))
    const answers = await ask(
      ['photo.jpg'],
      [
        { id: 'face', points: [220, 110] },
        'no JSON',
        { id: 2, image: 'missing.jpg', points: [1, 1] },
        { id: 3, points: [5000, 1] },
        {
          id: 4,
          bboxes: [
            [170, 60, 290, 200],
            [200, 300, 400, 500],
          ],
          points: [
            [220, 110],
            [300, 400],
          ],
        },
        {
          id: 5,
          image: cat,
          points: [
            [
              [200, 100],
              [5, 5],
            ],
          ],
          labels: [[1, 0]],
        },
        { id: 6 },
      ],
    )
    expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
      ['face', undefined],
      [undefined, 'bad-input'],
      [2, 'not-found'],
      [3, 'bad-input'],
      [4, undefined],
      [5, undefined],
      [6, 'bad-input'],
    ])
    const [face, , , , two, other] = answers
    expect(face).toMatchObject({ image: 'photo.jpg', width: 512, height: 512 })
    expect(two?.objects).toHaveLength(2)
    expect(other).toMatchObject({ image: cat })

    // The terminal's other way to ask has the same object, and the mask is the polygon's before simplification.
    const alone = await bench.run(['segment', 'photo.jpg', '--point', '220,110', '--json'])
    const [found] = face!.objects
    expect((JSON.parse(alone.out) as { polygon: Polygon }).polygon).toEqual(found!.polygon)
    const { size, counts } = found!.rle
    const data = decodeRle({ size, counts: expandCounts(counts) })
    const rings = found!.polygon.parts.map((part) => [part.outer, ...part.holes])
    expect(iouOfMasks({ width: 512, height: 512, data }, maskOfParts(rings, 512, 512))).toBeGreaterThan(0.98)
  })
})

const whyNoPython = (): string | null => {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' })
    return null
  } catch {
    return 'python3 with numpy is not on this machine'
  }
}
const missing = whyNoPython()

describe('the Python of docs/scripting.md', () => {
  it.skipIf(missing !== null)(
    `gives masks, boxes and scores${missing === null ? '' : ` (${missing})`}`,
    () => {
      const page = readFileSync(join(root, 'docs', 'scripting.md'), 'utf8')
      const [module, use] = [...page.matchAll(/```python\n(.*?)```/gs)].map(([, code]) => code)
      copyFileSync(join(sample, 'astronaut.jpg'), join(bench.top, 'photo.jpg'))
      const command = JSON.stringify([process.execPath, join(root, 'cli/bin.js')])
      const checks = `
print(json.dumps([list(masks.shape), str(masks.dtype), masks.sum((1, 2)).tolist(), boxes.tolist(), scores.tolist()]))
try:
    from pycocotools import mask as coco
    assert all((coco.decode(one["rle"]) == mask).all() for one, mask in zip(objects, masks))
except ImportError:
    pass
`
      const script = join(bench.top, 'script.py')
      writeFileSync(script, `${module}\n${use!.replace('Maskwright()', `Maskwright(${command})`)}${checks}`)
      const said = execFileSync('python3', [script], {
        cwd: bench.top,
        encoding: 'utf8',
        env: { ...process.env, MASKWRIGHT_DATA: bench.data },
      })
      const [shape, type, areas, boxes, scores] = JSON.parse(said) as [
        number[],
        string,
        number[],
        number[][],
        number[],
      ]
      expect([shape, type]).toEqual([[2, 512, 512], 'bool'])
      for (const area of areas) expect(area).toBeGreaterThan(1000)
      expect(scores[0]).toBeGreaterThan(0.8)
      const [left, top, right, bottom] = boxes[0]!
      expect(left!).toBeGreaterThan(150)
      expect(top!).toBeGreaterThan(40)
      expect(right!).toBeLessThan(310)
      expect(bottom!).toBeLessThan(220)
    },
  )
})
