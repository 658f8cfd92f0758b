/** A project that was made and in which nothing was done goes again, where whoever opened it asks for that. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import type { Client } from '../../../common/rpc.ts'
import { startWork } from '../../../common/work-client.ts'
import { pngOf } from '../export/folder.ts'
import { openCore } from '../../support/open-core.ts'

let top: string
let folder: string
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'maskwright-drop-'))
  folder = join(top, 'photos')
  mkdirSync(folder)
  writeFileSync(join(folder, 'a.png'), pngOf(20, 10))
})
afterEach(() => rmSync(top, { recursive: true, force: true }))

const open = async () => {
  const { core, client } = openCore(join(top, 'data'), { shell: 'cli' })
  const { file } = await client.call('project.open', { folder })
  return { core, client, file }
}

/** An edit. */
const rename = async (client: Client) => {
  const [label] = (await client.call('labels.list', {})).labels
  const diff = diffOf({ labels: { updated: [[label!, { ...label!, name: 'cup' }]] } })
  await client.call('edit.commit', { diff })
}

const left = () => readdirSync(folder).sort()

test('nothing was done: nothing stays', async () => {
  const { core, client, file } = await open()
  expect(existsSync(file)).toBe(true)
  const request = {
    source: { path: join(top, 'none') },
    existing: 'keep',
    boxes: 'rectangles',
  } as const
  await expect(startWork(client, 'import', request)).rejects.toMatchObject({ code: 'not-found' })
  await core.close(true)
  expect(left()).toEqual(['a.png'])
})

test('what was there before, what another program has open, and what holds work stays', async () => {
  const first = await open()
  const second = await open()
  await first.core.close(true)
  expect(existsSync(first.file)).toBe(true)
  await rename(second.client)
  await second.core.close(true)
  const third = await open()
  expect((await third.client.call('labels.list', {})).labels.map(({ name }) => name)).toEqual(['cup'])
  await third.core.close(true)
  expect(existsSync(first.file)).toBe(true)
})

test('a commit keeps a new project, one that is undone does not; a folder with something else in it stays', async () => {
  mkdirSync(join(folder, '.maskwright'))
  writeFileSync(join(folder, '.maskwright', 'notes.txt'), 'mine')
  const { core, client } = await open()
  await rename(client)
  await client.call('edit.undo', { imageId: null })
  await core.close(true)
  expect(readdirSync(join(folder, '.maskwright'))).toEqual(['notes.txt'])
  const again = await open()
  await rename(again.client)
  await again.core.close(true)
  expect(existsSync(again.file)).toBe(true)
})
