/** Task files as strangers may have written them, and how they are named and found. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { findTasks, parseTask, readTask, taskFileNames, writeTask } from '../../../core/tasks/task-file.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'maskwright-task-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const good = { format: 'maskwright-task', version: 1, person: 'Anna', images: ['a/1.jpg', '2.jpg'] }
const written = (change: object) => JSON.stringify({ ...good, ...change })

it('reads a task, each image once, and passes over what a later version may say besides', () => {
  const text = written({ images: ['a/1.jpg', '2.jpg', 'a/1.jpg'], colour: 'red' })
  expect(parseTask(text, 'task')).toEqual({ person: 'Anna', images: ['a/1.jpg', '2.jpg'] })
})

test.each([
  ['an absolute path', written({ images: ['/etc/passwd'] }), /inside the folder/],
  ['a way out', written({ images: ['a/../../secret.jpg'] }), /inside the folder/],
  ['a drive', written({ images: ['C:\\secret.jpg'] }), /inside the folder/],
  ['NUL', written({ images: ['a\0.jpg'] }), /inside the folder/],
  ['no images', written({ images: [] }), /damaged/],
  ['images that are none', written({ images: [{}] }), /damaged/],
  ['nobody', written({ person: ' ' }), /damaged/],
  ['a name that steers a terminal', written({ person: '\u001b[2J' }), /damaged/],
  ['a path without end', written({ images: ['x'.repeat(5000)] }), /damaged/],
  ['a later version', written({ version: 2 }), /newer Maskwright/],
  ['another kind of file', '{"images":[],"annotations":[]}', /no task of Maskwright/],
  ['a list', '[]', /no task of Maskwright/],
  ['no JSON', 'anna', /no JSON/],
  ['brackets without end', '['.repeat(100_000), /nests deeper/],
])('refuses %s', (_, text, message) => {
  expect(() => parseTask(text, 'task.json')).toThrow(message)
})

it('names files so that any disk can hold all of them', () => {
  expect(taskFileNames(['Anna', 'ben', 'Änne Müller', '../..', 'a/b', 'a b', '*'])).toEqual([
    'maskwright-task-Anna.json',
    'maskwright-task-ben.json',
    'maskwright-task-Änne-Müller.json',
    'maskwright-task-person.json',
    'maskwright-task-a-b.json',
    'maskwright-task-a-b-2.json',
    'maskwright-task-person-2.json',
  ])
})

it('writes over a task and over nothing else, and finds what lies there', async () => {
  const file = join(folder, 'maskwright-task-Anna.json')
  await writeTask(file, { person: 'Anna', images: ['1.jpg'] })
  await writeTask(file, { person: 'Anna', images: ['1.jpg', '2.jpg'] })
  expect(await readTask(file)).toEqual({ person: 'Anna', images: ['1.jpg', '2.jpg'] })
  const other = join(folder, 'maskwright-task-notes.json')
  writeFileSync(other, '{"mine":true}')
  await expect(writeTask(other, { person: 'notes', images: ['1.jpg'] })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(readFileSync(other, 'utf8')).toBe('{"mine":true}')
  mkdirSync(join(folder, 'maskwright-task-folder.json'))
  symlinkSync('/dev/zero', join(folder, 'maskwright-task-endless.json'))
  expect(await findTasks(folder)).toEqual([{ file, person: 'Anna', images: 2 }])
})
