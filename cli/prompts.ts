/** Prompts as arguments of the terminal: `--point x,y[,0|1]`, `--box x0,y0,x1,y1`, in image pixels. */
import type { BoxPrompt, PointPrompt, Prompt } from '../common/model.ts'
import { UsageError } from './command.ts'

const numbersOf = (option: string, text: string, form: string, lengths: readonly number[]): number[] => {
  const parts = text.split(',').map((part) => part.trim())
  const numbers = parts.map((part) => (part === '' ? NaN : Number(part)))
  if (!lengths.includes(numbers.length) || numbers.some((number) => !Number.isFinite(number)))
    throw new UsageError(`--${option} takes ${form}, not "${text}"`)
  return numbers
}

const pointOf = (text: string): PointPrompt => {
  const form = 'x,y or x,y,0 (not the object) or x,y,1'
  const [x, y, sign = 1] = numbersOf('point', text, form, [2, 3]) as [number, number, number?]
  if (sign !== 0 && sign !== 1) throw new UsageError(`--point takes ${form}, not "${text}"`)
  return { type: 'point', x, y, positive: sign === 1 }
}

const boxOf = (text: string): BoxPrompt => {
  const [x0, y0, x1, y1] = numbersOf('box', text, 'x0,y0,x1,y1', [4]) as [number, number, number, number]
  if (x0 >= x1 || y0 >= y1)
    throw new UsageError(`--box takes the left top and the right bottom corner, not "${text}"`)
  return { type: 'box', x0, y0, x1, y1 }
}

/** The box first, then the points in their order. @throws UsageError */
export const promptsOf = (points: readonly string[], boxes: readonly string[]): Prompt[] => {
  if (boxes.length > 1) throw new UsageError('One --box an object')
  const prompts = [...boxes.map(boxOf), ...points.map(pointOf)]
  if (prompts.length === 0) throw new UsageError('Say where the object is: --point x,y or --box x0,y0,x1,y1')
  if (prompts.every((prompt) => prompt.type === 'point' && !prompt.positive))
    throw new UsageError('At least one --point must be on the object')
  return prompts
}
