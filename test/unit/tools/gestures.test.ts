/** Every line of renderer/tools/SEMANTICS.md, driven as a user would. */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { drawingLines } from './gestures-drawing.ts'
import { editingLines } from './gestures-editing.ts'
import { shapeLines } from './gestures-shapes.ts'

const lines = { ...drawingLines, ...shapeLines, ...editingLines }

describe('the table of gestures', () => {
  it('has a test for each line, and a line for each test', async () => {
    const table = await readFile('renderer/tools/SEMANTICS.md', 'utf8')
    const named = [...table.matchAll(/^\| ([A-Z]\d+) /gm)].map(([, name]) => name)
    expect(named.toSorted()).toEqual(Object.keys(lines).toSorted())
  })

  for (const [line, drive] of Object.entries(lines)) it(`line ${line} is true`, drive)
})
