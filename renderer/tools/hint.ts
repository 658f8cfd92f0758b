/** The line at the foot of the stage as data: what can be done now. `panels/stage/StageHint.tsx` draws it. */
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

interface KeyHint {
  readonly text: string
  /** As they stand: a range of digits, a modifier, the pointer. */
  readonly keys?: string
  /** In place of `keys`: the command whose key it is. */
  readonly action?: string
  /** The current class's name follows `text`; where there is no class, this stands in place of both. */
  readonly withoutClass?: string
  /** `keys` is a range of digits, for as many classes as there are; left out where there is one. */
  readonly forClasses?: boolean
  /** For newcomers: left out when the image has some objects; then the photo is worth more than the words. */
  readonly intro?: boolean
}

/** A key with what it does, or text. */
export type HintPart = string | KeyHint

const otherClass: KeyHint = { keys: '1-9', text: msg('other class'), forClasses: true }
const keep: KeyHint = { action: 'confirm', text: msg('keep as'), withoutClass: msg('keep') }

interface DraftWords {
  readonly enter?: KeyHint
  readonly more?: readonly KeyHint[]
  readonly drop?: string
}

/** Of a draft. `back`: what taking the last point back does. */
export const draftHint = (
  back: string,
  { enter = keep, more = [], drop = msg('drop') }: DraftWords = {},
): readonly HintPart[] => [
  enter,
  otherClass,
  { action: 'back', text: back },
  ...more,
  { action: 'cancel', text: drop },
]

/** Of a selected object that nothing is added to: a point, a line. `edit`: what the select tool does with it. */
export const bareHint = (edit: string): readonly HintPart[] => [
  otherClass,
  { action: 'delete', text: msg('delete') },
  { action: 'tool-select', text: edit },
]

/** Of a selected object, with a tool in hand that draws: it was drawn just now, or the tool was taken for it. */
export const drawnHint: readonly HintPart[] = [
  { keys: 'Shift', text: msg('add to it') },
  { keys: 'Alt', text: msg('take away from it') },
  ...bareHint(msg('edit it')),
]

/** Of several selected objects, whatever tool is in hand. */
const forMany: readonly HintPart[] = [
  { keys: '1-9', text: msg('their class'), forClasses: true },
  { action: 'join', text: msg('join') },
  { action: 'subtract', text: msg('take the others from the last') },
  { action: 'delete', text: msg('delete them') },
  { action: 'cancel', text: msg('back to one') },
]
export const manyHint = (count: number): readonly HintPart[] => [
  t('{count, number} objects selected', { count }),
  ...forMany,
]

/** What to do with the tool, for whoever has not used it yet. */
export const introHint = (text: string, withoutClass?: string): readonly HintPart[] => [
  { text, intro: true, ...(withoutClass === undefined ? {} : { withoutClass }) },
]
