/** `maskwright assign` as a process of its own, and what a copy of the folder makes of its files. */
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AssignDetail } from '../../../common/contract/tasks.ts'
import { openCore } from '../../support/open-core.ts'
import { createBench, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

const imagesOf = (file: string) => (JSON.parse(readFileSync(file, 'utf8')) as { images: string[] }).images

it('divides a folder, and a copy opens a task as its list and its author', async () => {
  const photos = bench.photos()
  const args = ['assign', photos, '--to', 'anna, ben', '--overlap', '34%', '--json']
  const first = await bench.run(args)
  expect([first.code, first.err]).toEqual([0, ''])
  const { images, shared, tasks } = JSON.parse(first.out) as AssignDetail
  expect([images, shared, tasks.map((task) => task.images)]).toEqual([6, 2, [4, 4]])
  const files = tasks.map(({ file }) => file)
  expect(files[0]).toBe(join(photos, 'maskwright-task-anna.json'))
  const [anna, ben] = files.map(imagesOf) as [string[], string[]]
  expect(new Set([...anna, ...ben]).size).toBe(6)
  // The same again, byte by byte.
  const before = files.map((file) => readFileSync(file, 'utf8'))
  await bench.run(args)
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before)
  const listed = await bench.run(['list', photos, 'task:anna'])
  expect(listed.out.trim().split('\n').toSorted()).toEqual(anna.toSorted())

  const copy = join(bench.top, 'copy')
  cpSync(photos, copy, { recursive: true, filter: (file) => !file.includes('.maskwright') })
  rmSync(join(copy, anna[0]!))
  const { core, client } = openCore(join(bench.top, 'anna'))
  await client.call('project.open', { folder: copy })
  const offered = await client.call('tasks.list', {})
  expect(offered.files.map(({ person, images }) => [person, images])).toEqual([
    ['anna', 4],
    ['ben', 4],
  ])
  const opened = await client.call('tasks.open', { from: 'file', file: offered.files[0]!.file })
  expect(opened).toEqual({ person: 'anna', images: 3, missing: 1, missingPaths: [anna[0]] })
  expect((await client.call('settings.get', {})).author).toBe('anna')
  const list = () =>
    client.call('images.list', { offset: 0, limit: 10, filter: { text: 'TASK:Anna', show: 'all' } })
  expect((await list()).items.map(({ path }) => path).toSorted()).toEqual(anna.slice(1).toSorted())
  // What was missing comes, and a file of the task gets another name.
  cpSync(join(photos, anna[0]!), join(copy, anna[0]!))
  renameSync(join(copy, anna[1]!), join(copy, 'renamed.jpg'))
  const again = await client.call('project.open', { folder: copy })
  expect(again.task).toMatchObject({ person: 'anna', images: 4, missing: 0 })
  expect((await list()).total).toBe(4)
  await client.call('tasks.close', {})
  expect((await client.call('project.current', {})).project?.task).toBeNull()
  await core.close()
})

it('says what is wrong, and writes nothing then', async () => {
  const photos = bench.photos()
  rmSync(join(photos, '.maskwright'), { recursive: true, force: true })
  rmSync(join(photos, 'maskwright-task-anna.json'), { force: true })
  const outcomes = await Promise.all(
    [
      ['--to', 'anna,Anna'],
      ['--to', 'anna,ben', '--overlap', '110%'],
      ['--to', 'a,b,c,d,e,f,g'],
    ].map((args) => bench.run(['assign', photos, ...args])),
  )
  expect(outcomes.map(({ code }) => code)).toEqual([1, 2, 1])
  expect(outcomes[0]?.err).toContain('named twice')
  expect(outcomes[2]?.err).toContain('nothing is left for')
  expect(existsSync(join(photos, 'maskwright-task-anna.json'))).toBe(false)
})
