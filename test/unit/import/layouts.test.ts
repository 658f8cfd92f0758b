/** Folders as Darknet and CVAT lay them out, handed over at any height: the same objects with the same names. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { openLabels } from '../../../core/import/read-labels.ts'

const made: string[] = []
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

const write = (files: Readonly<Record<string, string>>): string => {
  const top = mkdtempSync(join(tmpdir(), 'maskwright-layout-'))
  made.push(top)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true })
    writeFileSync(join(top, path), text)
  }
  return top
}

const darknet = {
  'data/obj.data': 'classes = 2\ntrain = data/train.txt\nvalid = data/test.txt\nnames = data/obj.names\n',
  'data/obj.names': 'dog\ncat\n',
  'data/train.txt': 'data/obj/a.jpg\n',
  'data/test.txt': 'data/obj/b.jpg\n',
  'data/obj/a.txt': '0 .5 .5 .2 .2\n',
  'data/obj/b.txt': '1 .5 .5 .2 .2\n',
}
const cvat = {
  'obj.data': 'classes = 2\ntrain = data/train.txt\nnames = data/obj.names\nbackup = backup/\n',
  'obj.names': 'dog\ncat\n',
  'train.txt': 'data/obj_train_data/a.PNG\ndata/obj_train_data/b.PNG\n',
  'obj_train_data/a.txt': '0 .5 .5 .2 .2\n',
  'obj_train_data/b.txt': '1 .5 .5 .2 .2\n',
}

test.each([
  ['Darknet, its top', darknet, ''],
  ['Darknet, data', darknet, 'data'],
  ['Darknet, the labels', darknet, 'data/obj'],
  ['CVAT, its top', cvat, ''],
  ['CVAT, the labels', cvat, 'obj_train_data'],
])('%s', async (_, files, at) => {
  const set = await openLabels(allFormats, { path: join(write(files), at) })
  const loaded = await Promise.all(set.images.map((image) => image.load()))
  set.close()
  expect(set.classes).toEqual(['dog', 'cat'])
  expect(loaded.flatMap(({ problems }) => problems)).toEqual([])
  expect(loaded.flatMap(({ objects }) => objects.map(({ label }) => label))).toEqual(['dog', 'cat'])
  expect(set.images.map(({ name }) => name.split('/').at(-1))).toEqual(['a', 'b'])
})
