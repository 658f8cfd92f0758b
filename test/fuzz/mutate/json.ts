/** Structured values with some of their parts changed, and the JSON of them. */
import type { Random } from '../random.ts'
import { oddText, oddValue } from './odd.ts'
import { mutateText } from './text.ts'

type Holder = Record<string, unknown> | unknown[]

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)

const holdersIn = (value: unknown, found: Holder[] = []): Holder[] => {
  if (!isHolder(value)) return found
  found.push(value)
  for (const part of Object.values(value)) holdersIn(part, found)
  return found
}

const nested = (depth: number): unknown => {
  let value: unknown = null
  for (let count = depth; count > 0; count -= 1) value = count % 2 === 0 ? [value] : { a: value }
  return value
}

const changeOne = (holder: Holder, random: Random): void => {
  const target = holder as Record<string, unknown>
  const keys = Object.keys(target)
  const key = keys.length === 0 ? 'a' : random.pick(keys)
  switch (random.below(7)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else Reflect.deleteProperty(holder, key)
      return
    case 1:
      if (Array.isArray(holder)) holder.push(oddValue(random))
      else
        Object.defineProperty(holder, oddText(random), {
          value: oddValue(random),
          enumerable: true,
          configurable: true,
          writable: true,
        })
      return
    case 2:
      if (Array.isArray(holder) && holder.length > 0)
        holder.push(...Array<unknown>(random.pick([1, 100])).fill(random.pick(holder)))
      return
    case 3:
      target[key] = nested(random.pick([5, 50, 500]))
      return
    default:
      target[key] = oddValue(random)
  }
}

/** A deep copy with one to four parts changed. */
export const mutateValue = (seed: unknown, random: Random): unknown => {
  const root = { value: structuredClone(seed) }
  for (let count = 1 + random.below(4); count > 0; count -= 1) {
    const inner = holdersIn(root.value)
    changeOne(inner.length === 0 || random.chance(0.02) ? root : random.pick(inner), random)
  }
  return root.value ?? null
}

/** JSON of a changed value, or JSON that is changed as a text. */
export const mutateJson = (seed: unknown, random: Random): { bytes: Buffer; about: string } => {
  if (random.chance(0.3)) return mutateText(JSON.stringify(seed, null, 1), random)
  return { bytes: Buffer.from(JSON.stringify(mutateValue(seed, random))), about: 'values' }
}
