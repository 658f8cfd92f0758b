/** A project folder that a stranger has made, through the whole core: nothing outside is shown, copied or touched. */
import { createHash } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { hostilePaths } from '../files/hostile.ts'
import { temporaryFolder } from '../store/records.ts'
import { pngOf } from '../export/folder.ts'
import { openCore } from '../../support/open-core.ts'

/** Every file below `folder`, with its kind, time and content. */
const listing = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => {
      const stats = lstatSync(join(folder, path))
      const content = stats.isFile()
        ? createHash('sha256')
            .update(readFileSync(join(folder, path)))
            .digest('hex')
        : ''
      return `${path} ${stats.mode} ${stats.isDirectory() ? '' : stats.mtimeMs} ${content}`
    })

const openForTest = (dataFolder: string) => {
  const { core, client } = openCore(dataFolder)
  onTestFinished(() => core.close())
  return { core, client }
}

const secretBytes = pngOf(31, 17)

/** A shared folder beside a private one, with a project in it whose rows are then changed by `tamper`. */
const setUp = async (tamper: (db: DatabaseSync) => void) => {
  const top = realpathSync(temporaryFolder())
  const put = (path: string, bytes: Uint8Array | string) => {
    mkdirSync(dirname(join(top, path)), { recursive: true })
    writeFileSync(join(top, path), bytes)
    return join(top, path)
  }
  const folder = join(top, 'home', 'shared')
  put('home/shared/a.png', pngOf(20, 10))
  put('home/shared/sub/b.png', pngOf(20, 10))
  const secret = put('home/private/secret.png', secretBytes)
  put('home/private/secret.txt', '0 0.5 0.5 0.1 0.1\n')
  put('home/private.cache', 'not yours')
  const { core, client } = openForTest(join(top, 'data'))
  const { file } = await client.call('project.open', { folder })
  await core.close()
  const db = new DatabaseSync(file)
  tamper(db)
  db.close()
  return { top, folder, secret, put }
}

const ways = [
  '../private/secret.png',
  '../../../../home/private/secret.png',
  '../../../../../../home/private/secret.png',
  'sub/../../private/secret.png',
  'far/secret.png',
  'link.png',
]

/** As if the folder's maker had opened each file: known size, marked done, no problem. */
const addRows = (db: DatabaseSync, paths: readonly string[]) => {
  const add = db.prepare(
    `INSERT OR IGNORE INTO images (path, folded_path, position, bytes, modified_at, width, height, orientation, status)
     VALUES (?, ?, ?, ?, 0, 31, 17, 1, 'done')`,
  )
  paths.forEach((path, index) => add.run(path, path, index + 2, secretBytes.length))
}

test('images whose stored paths lead outside are shown as a problem, and neither read nor exported', async () => {
  const { top, folder, secret, put } = await setUp((db) => addRows(db, ways))
  symlinkSync(secret, join(folder, 'link.png'))
  symlinkSync(dirname(secret), join(folder, 'far'))
  put('home/shared/export/.maskwright-export', JSON.stringify({ note: '', family: 'yolo', files: ways }))
  const outside = () => [
    listing(join(top, 'home', 'private')),
    readFileSync(join(top, 'home', 'private.cache'), 'utf8'),
  ]
  const before = outside()
  const { core, client } = openForTest(join(top, 'data'))
  const { imageCount } = await client.call('project.open', { folder })
  expect(imageCount).toBe(2 + ways.length)
  const { items } = await client.call('images.list', {
    filter: { text: '', show: 'problem' },
    offset: 0,
    limit: 100,
  })
  expect(items.map(({ path }) => path).sort()).toEqual([...ways].sort())
  for (const { id } of items) {
    const opened = await client.call('images.open', { imageId: id })
    expect(opened.image.problem).toMatch(/lies outside the folder; left out/)
    await expect(core.readDisplay(id)).rejects.toThrow('lies outside the folder')
    await expect(core.readThumbnail(id)).rejects.toThrow('lies outside the folder')
    await client.call('inference.focus', { imageId: id, ahead: [id] })
  }
  for (const format of ['coco', 'yolo-det', 'yolo-seg'] as const)
    for (const copyImages of [true, false]) {
      const out = format === 'coco' ? join(top, `coco-${copyImages}`) : join(folder, 'export')
      const request = { format, out, copyImages, validation: 0, seed: 1 }
      const { detail: report } = await runWork(client, 'export', request)
      if (format === 'coco') expect(report).toMatchObject({ images: 2 })
      for (const path of ways) {
        if (report === null) continue
        expect(report.leftOut).toContainEqual(
          expect.objectContaining({
            image: path,
            message: expect.stringContaining('lies outside') as string,
          }),
        )
      }
      for (const line of listing(out))
        expect(line).not.toContain(createHash('sha256').update(secretBytes).digest('hex'))
    }
  await core.close()
  expect(outside()).toEqual(before)
})

test('hundreds of hostile paths: the private folder is as before, and no secret is copied', async () => {
  const around = { outside: '/nowhere', inside: ['..', 'private', 'sub', 'a.png'] }
  const paths = hostilePaths(11, 400, around).filter((path) => !path.includes('\0'))
  const { top, folder, secret } = await setUp((db) => {
    addRows(db, paths)
    db.exec("UPDATE images SET status = 'done', problem = NULL")
  })
  symlinkSync(dirname(secret), join(folder, 'private'))
  const before = listing(join(top, 'home', 'private'))
  const { core, client } = openForTest(join(top, 'data'))
  await client.call('project.open', { folder })
  const { items } = await client.call('images.list', {
    filter: { text: '', show: 'all' },
    offset: 0,
    limit: 1000,
  })
  expect(items.length).toBeGreaterThan(200)
  const secretHash = createHash('sha256').update(secretBytes).digest('hex')
  for (const { id } of items) {
    const shown = await core.readDisplay(id).catch(() => null)
    if (shown !== null) expect(createHash('sha256').update(shown.bytes).digest('hex')).not.toBe(secretHash)
  }
  for (const format of ['coco', 'yolo-det'] as const) {
    const out = join(top, format)
    const request = { format, out, copyImages: true, validation: 0, seed: 1 }
    const { detail: report } = ensureDone(await runWork(client, 'export', request))
    expect(report?.images).toBeGreaterThanOrEqual(2)
    for (const line of listing(out)) expect(line).not.toContain(secretHash)
  }
  await core.close()
  expect(listing(join(top, 'home', 'private'))).toEqual(before)
})
