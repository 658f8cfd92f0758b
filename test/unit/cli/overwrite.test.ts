/** What `segment --mask` may write over. */
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkMaskTarget } from '../../../cli/overwrite.ts'
import { encodeMaskPicture } from '../../../core/images/mask-picture.ts'
import { pngOf } from '../export/folder.ts'
import { temporaryFolder } from '../store/records.ts'

const mask = () =>
  encodeMaskPicture(
    { x: 0, y: 0, width: 2, height: 2, data: new Uint8Array([1, 0, 0, 1]) },
    { width: 9, height: 9 },
  )

test('a new file and a mask of an earlier run are written; the image, by any name, and other files are not', async () => {
  const folder = temporaryFolder()
  const at = (name: string) => join(folder, name)
  writeFileSync(at('photo.png'), pngOf(9, 9))
  await checkMaskTarget(at('new.png'), at('photo.png'))
  writeFileSync(at('mask.png'), await mask())
  await checkMaskTarget(at('mask.png'), at('photo.png'))

  symlinkSync('photo.png', at('link.png'))
  linkSync(at('photo.png'), at('other-name.png'))
  for (const name of [
    'photo.png',
    'link.png',
    'other-name.png',
    '../' + folder.split('/').at(-1)! + '/photo.png',
  ])
    await expect(checkMaskTarget(at(name), at('photo.png')), name).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/the image itself.*--force/) as string,
    })
  // A grey picture that is the input is refused too, although it looks like a mask.
  await expect(checkMaskTarget(at('mask.png'), at('mask.png'))).rejects.toThrow('the image itself')

  writeFileSync(at('second.png'), pngOf(9, 9))
  writeFileSync(at('notes.txt'), 'notes')
  writeFileSync(at('empty.png'), '')
  mkdirSync(at('folder.png'))
  for (const name of ['second.png', 'notes.txt', 'empty.png', 'folder.png'])
    await expect(checkMaskTarget(at(name), at('photo.png')), name).rejects.toMatchObject({ code: 'conflict' })
})
