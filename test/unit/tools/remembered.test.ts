/** What a page remembers through the core: read at once, sent when it rests; and which classes and objects are hidden. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Client } from '../../../common/rpc.ts'
import { rememberHidden } from '../../../renderer/state/hidden-memory.ts'
import { createKeptMemory } from '../../../renderer/state/kept-memory.ts'
import { create } from './open-workbench.ts'

const createHeard = () => {
  const sent: unknown[] = []
  const call = (_: string, input: { entries: unknown }) => {
    sent.push(input.entries)
    return Promise.resolve({})
  }
  return { sent, client: { call } as unknown as Pick<Client, 'call'> }
}

describe('memory that the core keeps', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('answers at once, and sends the last of many values when they rest', () => {
    const { sent, client } = createHeard()
    const memory = createKeptMemory(client, [{ key: 'look', value: 'thin' }])
    expect([memory.getItem('look'), memory.getItem('view')]).toEqual(['thin', null])
    memory.setItem('look', 'thin')
    for (const value of ['a', 'b', 'bold']) memory.setItem('look', value)
    expect(memory.getItem('look')).toBe('bold')
    expect(sent).toEqual([])
    vi.runAllTimers()
    expect(sent).toEqual([[{ key: 'look', value: 'bold' }]])
  })

  it('sends what has not rested when the page goes', () => {
    const { sent, client } = createHeard()
    const memory = createKeptMemory(client, [])
    memory.setItem('view', 'wide')
    memory.flush()
    memory.flush()
    vi.runAllTimers()
    expect(sent).toEqual([[{ key: 'view', value: 'wide' }]])
  })
})

describe('what is hidden', () => {
  const createMemory = () => {
    const kept = new Map<string, string>()
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
  }

  it('comes back with its project, and not with another one', async () => {
    const memory = createMemory()
    const first = await create()
    rememberHidden(first.workbench, memory, () => '/a')
    first.get().toggleLabelHidden('dog')
    first.get().toggleHidden(['one'])
    first.get().closeImage()
    const second = await create()
    const { recall } = rememberHidden(second.workbench, memory, () => '/a')
    recall('/b')
    expect(second.get().hiddenLabels.size + second.get().hiddenObjects.size).toBe(0)
    recall('/a')
    expect([...second.get().hiddenLabels, ...second.get().hiddenObjects]).toEqual(['dog', 'one'])
  })

  it('that makes no sense hides nothing', async () => {
    const memory = createMemory()
    memory.setItem('maskwright.hidden./a', '{"labels":[1]}')
    const { workbench, get } = await create()
    rememberHidden(workbench, memory, () => '/a').recall('/a')
    expect(get().hiddenLabels.size).toBe(0)
  })
})
