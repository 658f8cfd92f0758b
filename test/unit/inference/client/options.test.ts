/** Models and options: what is loaded, and when another process takes the place of the one before. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { imageOf, requestOf } from '../asked.ts'
import { modelFolders, open, options, segment, until } from './open-inference.ts'

describe('models and options', () => {
  test('without a model every click is refused with the reason', async () => {
    const { inference } = open({ folders: ['/nowhere'] })
    const click = inference.segment(imageOf(1), requestOf())
    await expect(click).rejects.toMatchObject({ code: 'model-unavailable' })
    expect(inference.status()).toMatchObject({ state: 'unavailable' })
    expect(await inference.providers()).toEqual(['cpu'])
  })

  test('a model that can not be loaded is said in words', async () => {
    const { inference, last, isAskedToLoad } = open()
    const click = segment(inference, 1, 1)
    await until(isAskedToLoad)
    last().say({ type: 'unusable', error: { code: 'model-unavailable', message: 'No ONNX graph.' } })
    expect(await click).toBe('model-unavailable')
    expect(inference.status()).toMatchObject({ state: 'unavailable', message: 'No ONNX graph.' })
  })

  test('another model starts another process, and the waiting click goes to it', async () => {
    const { inference, load, last, processes } = open()
    const first = await load()
    const click = segment(inference, 1, 1)
    inference.use({ ...options, modelId: 'nchw-4' })
    expect(first.killed).toBe(true)
    await load()
    expect(processes).toHaveLength(2)
    expect(last().posted[0]).toMatchObject({ type: 'load', model: { variant: { id: 'nchw-4' } } })
    last().finish()
    expect(await click).toBe('image 1 revision 1')
  })

  test('a model that was missing is loaded when it is there and asked for again; nothing restarts before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'models-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const install = (id: string, change: object = {}) => {
      const manifest = JSON.parse(
        readFileSync(join(modelFolders[0]!, 'hwc-1', 'manifest.json'), 'utf8'),
      ) as object
      cpSync(join(modelFolders[0]!, 'hwc-1'), join(folder, id), { recursive: true })
      const variants = [{ id, name: id, ...change }]
      writeFileSync(join(folder, id, 'manifest.json'), JSON.stringify({ ...manifest, variants }))
    }
    install('bundled', { default: true })
    const { inference, load, last, processes, isAskedToLoad } = open({
      folders: [folder],
      options: { modelId: 'big' },
    })
    await load()
    expect(last().posted[0]).toMatchObject({ type: 'load', model: { variant: { id: 'bundled' } } })
    inference.use({ ...options, modelId: 'big' })
    install('other')
    inference.use({ ...options, modelId: 'big' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(processes).toHaveLength(1)
    install('big')
    inference.use({ ...options, modelId: 'big' })
    await until(() => processes.length === 2 && isAskedToLoad())
    expect(last().posted[0]).toMatchObject({ type: 'load', model: { variant: { id: 'big' } } })
    await load()
    inference.use({ ...options, modelId: 'big' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(processes).toHaveLength(2)
  })

  test('without any model, the first one that is installed is loaded at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'models-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const { inference, processes } = open({ folders: [folder] })
    await until(() => inference.status().state === 'unavailable')
    cpSync(join(modelFolders[0]!, 'hwc-1'), join(folder, 'hwc-1'), { recursive: true })
    inference.use(options)
    await until(() => processes.length === 2)
  })

  test('another budget is told to the running one', async () => {
    const { inference, load, processes } = open()
    const fake = await load()
    inference.use({ ...options, embeddingBytes: 123 })
    expect(processes).toHaveLength(1)
    expect(fake.posted.at(-1)).toEqual({ type: 'budget', embeddingBytes: 123 })
  })
})
