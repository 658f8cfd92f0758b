/** Folders through the whole core: which may be shown, and what opening one ends. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ensureDone, runWork, startWork } from '../../../common/work-client.ts'
import { temporaryFolder } from '../store/records.ts'
import { pngOf } from '../export/folder.ts'
import { openCore } from '../../support/open-core.ts'

const setUp = () => {
  const top = temporaryFolder()
  const [folder, dataFolder] = [join(top, 'photos'), join(top, 'data')]
  for (const path of [folder, dataFolder]) mkdirSync(path)
  writeFileSync(join(folder, 'a.png'), pngOf(20, 10))
  const shown: string[] = []
  const { core, client } = openCore(dataFolder, {
    revealFolder: (path) => Promise.resolve(void shown.push(path)),
  })
  onTestFinished(() => core.close())
  return { top, folder, dataFolder, shown, client }
}

test('only folders that the core has opened or written are shown', async () => {
  const { top, folder, dataFolder, shown, client } = setUp()
  const reveal = (path: string) => client.call('folders.reveal', { folder: path })
  await expect(reveal(folder)).rejects.toMatchObject({ code: 'not-found' })
  const { file } = await client.call('project.open', { folder })
  const out = join(top, 'out')
  await expect(reveal(out)).rejects.toMatchObject({ code: 'not-found' })
  const request = { format: 'coco', out, copyImages: false, validation: 0, seed: 1 } as const
  ensureDone(await runWork(client, 'export', request))
  const ours = [folder, dataFolder, dirname(file), out]
  for (const path of ours) expect(await reveal(path)).toEqual({ done: true })
  for (const path of [file, top, '/etc', 'photos', '', join(folder, 'a.png'), `${out}/annotations`])
    await expect(reveal(path), path).rejects.toMatchObject({ code: 'not-found' })
  expect(shown).toEqual(ours)
})

test('work on a project goes on when another folder can not be opened, and ends when it is', async () => {
  const { top, folder, client } = setUp()
  await client.call('project.open', { folder })
  const id = await startWork(client, 'prepare', {})
  await client.call('work.pause', { id })
  await expect(client.call('project.open', { folder: join(top, 'nowhere') })).rejects.toThrow()
  expect(await client.call('work.list', {})).toMatchObject({ works: [{ id, state: 'paused' }] })
  const heard: string[] = []
  client.on('work.changed', ({ work: { state } }) => {
    if (state !== 'paused') heard.push(state)
  })
  client.on('project.changed', () => heard.push('opened'))
  await client.call('project.open', { folder: top })
  expect(heard).toEqual(['cancelled', 'opened'])
})

test('exports run one at a time, and the folder stays open until one has ended', async () => {
  const { top, folder, client } = setUp()
  await client.call('project.open', { folder })
  const request = {
    format: 'coco',
    out: join(top, 'out'),
    copyImages: false,
    validation: 0,
    seed: 1,
  } as const
  const first = runWork(client, 'export', request)
  await expect(startWork(client, 'export', request)).rejects.toMatchObject({ code: 'conflict' })
  await expect(client.call('project.open', { folder: top })).rejects.toMatchObject({ code: 'conflict' })
  expect(ensureDone(await first).detail).toMatchObject({ out: request.out })
})
