/** A photo that changed under its objects, in the terminal: `info` names it, `export` leaves it out by name. */
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { createNoProcess } from '../../../cli/project.ts'
import { createCore } from '../../../core/core.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { annotationOf } from '../store/records.ts'
import { createBench, type Bench } from './run-cli.ts'

let bench: Bench
let photos: string

beforeAll(async () => {
  bench = createBench()
  photos = bench.photos()
  const core = createCore({
    version: '0',
    shell: 'test',
    dataFolder: bench.data,
    modelFolders: [],
    startInferenceProcess: createNoProcess,
    startDecoderProcess: forkDecoderProcess,
  })
  const call = async (name: string, input: unknown) => {
    const reply = await core.dispatch(name, input)
    if (!reply.ok) throw new Error(reply.error.message)
    return reply.output
  }
  await call('project.open', { folder: photos })
  const { labels } = (await call('labels.list', {})) as { labels: { id: string }[] }
  for (const imageId of [1, 2]) await call('images.open', { imageId })
  const added = [1, 2].map((imageId) => annotationOf(`on-${imageId}`, imageId, labels[0]!.id))
  await call('edit.commit', { diff: diffOf({ annotations: { added } }) })
  await core.close()
  copyFileSync(join(photos, 'cat.jpg'), join(photos, 'astronaut.jpg'))
})
afterAll(() => bench.remove())

it('info names it, with both sizes', async () => {
  const { code, out } = await bench.run(['info', photos])
  expect(code).toBe(0)
  expect(out).toMatch(
    /\n1 photos changed under their objects.*\n {2}astronaut\.jpg: The photo has changed .*: it was/,
  )
  const { out: json } = await bench.run(['info', photos, '--json'])
  expect(JSON.parse(json)).toMatchObject({ problems: [], changed: [{ image: 'astronaut.jpg' }] })
})

it('export leaves it out and says why', async () => {
  const out = join(bench.top, 'out')
  const { code, out: told } = await bench.run(['export', photos, '--format', 'coco', '--out', out])
  expect(code).toBe(0)
  expect(told).toMatch(/Left out:\n {2}astronaut\.jpg: The photo has changed since .* It is left out/)
  const { images } = JSON.parse(readFileSync(join(out, 'annotations/instances.json'), 'utf8')) as {
    images: { file_name: string }[]
  }
  expect(images.map(({ file_name: name }) => name)).not.toContain('astronaut.jpg')
})
