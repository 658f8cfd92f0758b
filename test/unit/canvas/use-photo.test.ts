/** The guard of the stage: what Chromium decodes in another frame than the core told is drawn from the core's pixels. */
import { expect, test } from 'vitest'
import type { ImagePixels } from '../../../renderer/canvas/image-pixels.ts'
import { loadTrue } from '../../../renderer/canvas/use-photo.ts'

const told = { width: 48, height: 64 }
const pixelsOf = (width: number, height: number): ImagePixels => ({ levels: [], size: { width, height } })
const sourceOf = (answers: Record<string, ImagePixels | Error>) => ({
  load: (url: string) => {
    const answer = answers[url]
    if (answer === undefined) throw new Error(`${url} is not asked for.`)
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  },
})

test('the same frame is drawn as Chromium decodes it', async () => {
  const first = pixelsOf(48, 64)
  expect(await loadTrue(sourceOf({ '/image/1?v=a': first }), '/image/1?v=a', told)).toEqual({
    shown: '/image/1?v=a',
    first,
  })
})

test.each<[string, ImagePixels | Error]>([
  ['another frame', pixelsOf(64, 48)],
  ['nothing', new DOMException('The source image could not be decoded.', 'InvalidStateError')],
])('%s is drawn from our own decoding', async (_, answer) => {
  const ours = pixelsOf(48, 64)
  const source = sourceOf({ '/image/1?v=a': answer, '/image/1?v=a&decoded': ours })
  expect(await loadTrue(source, '/image/1?v=a', told)).toEqual({ shown: '/image/1?v=a&decoded', first: ours })
})

test('two other frames are no picture to label; a file that is gone is not asked for twice', async () => {
  const wrong = { '/image/1?v=a': pixelsOf(64, 48), '/image/1?v=a&decoded': pixelsOf(64, 48) }
  await expect(loadTrue(sourceOf(wrong), '/image/1?v=a', told)).rejects.toThrow('other sides')
  const gone = { '/image/1?v=a': new Error('The file is no longer there.') }
  await expect(loadTrue(sourceOf(gone), '/image/1?v=a', told)).rejects.toThrow('no longer there')
})
