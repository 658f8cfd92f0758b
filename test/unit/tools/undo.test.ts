/** Whatever is done to objects by gestures and keys, as many undos give the start back, to the last bit. */
import { fc } from '../../support/property.ts'
import { expect, it } from 'vitest'
import { settle, square } from './fake-core.ts'
import { holed, open, two, withAlt, withRight, withShift } from './gesture-bench.ts'
import type { Shape } from '../../../common/model.ts'
import type { MendId } from '../../../renderer/workbench/types.ts'

const tools = ['rectangle', 'rotated', 'ellipse', 'polygon', 'polyline', 'point', 'brush', 'select'] as const
const mendIds: readonly MendId[] = [
  'fit-rotated',
  'grow',
  'shrink',
  'fill-holes',
  'smooth',
  'trim',
  'drop-small-parts',
  'parts-to-objects',
]

const place = fc.record({ x: fc.integer({ min: -5, max: 205 }), y: fc.integer({ min: -5, max: 105 }) })
const keys = fc.constantFrom({}, withShift, withAlt, withRight, { shift: true, alt: true })
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ tool: fc.constantFrom(...tools), from: place, to: place, keys }) },
  { weight: 2, arbitrary: fc.record({ mend: fc.constantFrom(...mendIds) }) },
  { weight: 1, arbitrary: fc.record({ shares: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ press: fc.constantFrom('confirm', 'delete', 'back', 'cancel') }) },
)

const bordering: Readonly<Record<string, Shape>> = { left: square(60, 60, 30), right: square(90, 60, 30) }
const bare: Readonly<Record<string, Shape>> = {
  point: { type: 'point', x: 150, y: 50.25 },
  line: {
    type: 'polyline',
    points: [
      [5, 90],
      [60.5, 70],
      [190, 95],
    ],
  },
}
const turned: Shape = { type: 'rotated-rectangle', cx: 160, cy: 60, width: 50, height: 20.5, angle: 0.7 }

const RUNS = 60

it('any sequence of gestures and as many undos gives back the start', async () => {
  let edits = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
      const bench = await open('select', { ...two, holed, ...bare, ...bordering, turned }, 'holed')
      const { get, drag, core } = bench
      const before = structuredClone(core.annotations)
      for (const step of acts) {
        if ('tool' in step) {
          get().setTool(step.tool)
          await drag(step.from.x, step.from.y, step.to.x, step.to.y, step.keys)
        } else if ('shares' in step) get().setLook({ shareVertices: step.shares })
        else if ('mend' in step) get().mend([...get().selection], step.mend)
        else if (step.press === 'confirm') get().confirm()
        else if (step.press === 'delete') get().deleteSelected()
        else if (step.press === 'back') get().back()
        else get().cancel()
        await settle()
      }
      // Undo is for drafts first.
      for (const tool of tools) {
        get().setTool(tool)
        get().cancel()
      }
      edits += core.done.length
      for (let undos = core.done.length; undos > 0; undos--) {
        await get().undo()
        await settle()
      }
      expect([...core.annotations].sort((a, b) => a.id.localeCompare(b.id))).toEqual(
        before.sort((a, b) => a.id.localeCompare(b.id)),
      )
    }),
    { numRuns: RUNS },
  )
  // Else there was nothing to undo.
  expect(edits).toBeGreaterThan(RUNS)
})
