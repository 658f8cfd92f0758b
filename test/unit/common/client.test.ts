/** The client that every page and command holds: many listeners, one wire. */
import { expect, test } from 'vitest'
import type { AppEvent } from '../../../common/contract.ts'
import { createClient } from '../../../common/rpc.ts'

const notice = (message: string): AppEvent => ({ name: 'notice', payload: { level: 'info', message } })

const setUp = () => {
  const wires = new Set<(event: AppEvent) => void>()
  const client = createClient({
    request: () => Promise.resolve({ ok: true, output: null }),
    subscribe(listener) {
      wires.add(listener)
      return () => wires.delete(listener)
    },
  })
  const tell = (event: AppEvent) => [...wires].forEach((wire) => wire(event))
  return { client, wires, tell }
}

test('however many listen the wire is listened to once, and not at all when nobody does', () => {
  const { client, wires, tell } = setUp()
  const heard: string[] = []
  const stops = ['one', 'two'].map((name) =>
    client.on('notice', ({ message }) => heard.push(`${name} ${message}`)),
  )
  client.on('settings.changed', () => heard.push('settings'))()
  expect(wires.size).toBe(1)
  tell(notice('a'))
  stops[0]!()
  stops[0]!()
  tell(notice('b'))
  expect(heard).toEqual(['one a', 'two a', 'two b'])
  stops[1]!()
  expect(wires.size).toBe(0)
  client.on('notice', ({ message }) => heard.push(message))
  tell(notice('c'))
  expect(heard.at(-1)).toBe('c')
})

test('one listener that throws, or stops another, keeps nobody from hearing', () => {
  const { client, tell } = setUp()
  const heard: string[] = []
  client.on('notice', () => {
    stop()
    throw new Error('broken')
  })
  const stop = client.on('notice', ({ message }) => heard.push(message))
  expect(() => tell(notice('a'))).toThrow('broken')
  expect(heard).toEqual(['a'])
})
