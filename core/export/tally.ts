/** How much was written of each class, and on which side. */
import type { ExportReport } from '../../common/contract/export.ts'
import type { Side } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { ExportClass } from './classes.ts'

type Counts = Record<Side, number>

const none = (): Counts => ({ train: 0, val: 0, test: 0 })

export interface Tally {
  /** An object was written. @param label index of its class @param side where images are not divided null */
  add(label: number, side: Side | null): void
  /** An object of a label that the request leaves out was passed over. */
  omit(name: string): void
  /** Of every class, in the order of their numbers. */
  classes(): ExportReport['classes']
  /** What was passed over, a sentence a class. */
  omitted(): string[]
}

export const createTally = (labels: readonly ExportClass[]): Tally => {
  const sums = labels.map(() => ({ objects: 0, sides: none() }))
  const passed = new Map<string, number>()
  let isDivided = false
  return {
    add(label, side) {
      const sum = sums[label]!
      sum.objects++
      if (side === null) return
      isDivided = true
      sum.sides[side]++
    },
    omit: (name) => void passed.set(name, (passed.get(name) ?? 0) + 1),
    classes: () =>
      labels.map(({ name }, index) => {
        const { objects, sides } = sums[index]!
        return { name, objects, sides: isDivided ? sides : null }
      }),
    omitted: () =>
      [...passed].map(([name, count]) => {
        const what = count === 1 ? said('An object') : said('{count, number} objects', { count })
        return said('{what} of the class "{name}": it was not asked for.', { what, name })
      }),
  }
}
