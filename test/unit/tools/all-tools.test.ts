/** The registry as data, and what holds for every tool in it. */
import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { allActions } from '../../../renderer/actions/all-actions.ts'
import { allTools, editingTool, firstTool, refiningTool } from '../../../renderer/tools/all-tools.ts'
import { freshStates, shelvedStates, toolOf } from '../../../renderer/tools/tool-states.ts'
import { contextOf } from './drive.ts'

describe('the tools', () => {
  it('have an id, a key, a name and an icon each, none twice', () => {
    for (const field of ['id', 'key', 'label', 'icon'] as const) {
      const values = allTools.map((tool) => tool[field])
      expect(new Set(values).size, field).toBe(values.length)
      expect(values.every(Boolean), field).toBe(true)
    }
  })

  it('share no key with another command', () => {
    for (const { key } of allTools)
      expect(allActions.filter(({ shortcuts }) => shortcuts.includes(key))).toHaveLength(1)
  })

  it('stand in a folder of their name, with a step of their own', async () => {
    for (const { id } of allTools) {
      const files = await readdir(`renderer/tools/${id}`)
      expect(files).toEqual(expect.arrayContaining([`${id}.ts`, 'step.ts']))
    }
  })

  it('are there for the parts they have in what the app does by itself', () => {
    expect([firstTool, refiningTool, editingTool].map((id) => toolOf(id).id)).toEqual([
      firstTool,
      refiningTool,
      editingTool,
    ])
    expect(toolOf(refiningTool).asks).toBeDefined()
    expect(toolOf(editingTool).editsSelection).toBe(true)
    expect(() => toolOf('no such tool')).toThrow('no such tool')
  })

  it('begin with nothing in the making: no draft, no gesture, nothing to keep', () => {
    for (const tool of allTools) {
      expect(tool.draft?.(tool.initial) ?? null).toBeNull()
      expect(tool.inGesture?.(tool.initial) ?? false).toBe(false)
    }
    expect(shelvedStates(freshStates)).toBeNull()
  })

  it('keep the same state, and ask for nothing, at an event that does not concern them', () => {
    const context = contextOf()
    for (const tool of allTools)
      for (const event of [
        { type: 'rest', point: { x: -9, y: -9 } },
        { type: 'cycle' },
        { type: 'zoom' },
      ] as const)
        expect(tool.step(tool.initial, event, context)).toEqual({ state: tool.initial, effects: [] })
    for (const tool of allTools)
      expect(tool.step(tool.initial, { type: 'superseded', revision: 99 }, context).state).toBe(tool.initial)
  })

  it('are named by nothing outside their folder', async () => {
    const ids = allTools.map(({ id }) => id).join('|')
    // As a text, as a state, and as a folder that is imported. A shape's type is 'rectangle' or 'polygon' too.
    const names = [
      new RegExp(`\\b[tT]ool\\b.*'(${ids})'`),
      new RegExp(`\\btools\\.(${ids})\\b`),
      new RegExp(`tools/(${ids})/`),
    ]
    const files = await readdir('renderer', { recursive: true })
    const found = []
    for (const file of files.map((name) => name.replaceAll('\\', '/'))) {
      if (!/\.tsx?$/.test(file) || file.startsWith('tools/')) continue
      const lines = (await readFile(`renderer/${file}`, 'utf8')).split('\n')
      for (const line of lines)
        if (names.some((name) => name.test(line))) found.push(`${file}: ${line.trim()}`)
    }
    expect(found).toEqual([])
  })
})
