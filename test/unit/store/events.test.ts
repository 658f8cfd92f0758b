import SqliteDatabase from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { AppEvent } from '../../../common/contract.ts'
import { createDispatch, type Handlers } from '../../../common/rpc.ts'
import { createEvents } from '../../../core/events.ts'
import { withStoreErrors } from '../../../core/store-errors.ts'

const notice = (message: string): AppEvent => ({ name: 'notice', payload: { level: 'info', message } })

test('notices from before a page listens are told once more, once', () => {
  const { emit, subscribe, repeatEarly } = createEvents()
  emit(notice('early'))
  const heard: AppEvent[] = []
  const stop = subscribe((event) => heard.push(event))
  repeatEarly()
  emit(notice('late'))
  repeatEarly()
  stop()
  emit(notice('nobody listens'))
  expect(heard).toEqual([notice('early'), notice('late')])
})

test('what SQLite throws in a handler leaves the core with a code and words', async () => {
  const handlers = {
    'labels.list': () => {
      throw new SqliteDatabase.SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE')
    },
    'project.current': () => Promise.reject(new SqliteDatabase.SqliteError('malformed', 'SQLITE_CORRUPT')),
    'settings.get': () => Promise.reject(new Error('something else')),
  } as unknown as Handlers
  const dispatch = createDispatch(withStoreErrors(handlers, () => '/photos/project.sqlite'))
  const failed = (code: string, text: RegExp) => ({
    ok: false,
    error: { code, message: expect.stringMatching(text) as string },
  })
  expect(await dispatch('labels.list', {})).toEqual(
    failed('not-writable', /project\.sqlite.*drive.*SQLITE_IOERR_WRITE/),
  )
  expect(await dispatch('project.current', {})).toEqual(failed('damaged-project', /left as it is/))
  expect(await dispatch('settings.get', {})).toEqual(failed('internal', /something else/))
})
