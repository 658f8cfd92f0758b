/**
 * What the XML of Pascal VOC says of an object beside class and box: `truncated`, `difficult`, `occluded` and `pose`, which
 * have elements of their own, and `attributes` as CVAT and Datumaro have them. Pure.
 */
import { z } from 'zod'
import type { Annotation } from '../../../common/model.ts'
import { readAttributes, readNumber, type ReadExtras } from '../../import/extras.ts'

type Value = Annotation['attributes'][string]

/** Elements that are 1 or 0. */
const flagNames = ['truncated', 'difficult', 'occluded'] as const
type FlagName = (typeof flagNames)[number]
const isFlag = (name: string): name is FlagName => (flagNames as readonly string[]).includes(name)

const POSE = 'pose'
/** What VOC calls a pose that nobody has said. */
const UNSAID = 'Unspecified'

/** A text that would be read as a number or as yes and no has its type beside it. */
const looksOther = /^\s*(?:true|false|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*$/i
const TEXT = 'text'

interface VocAttribute {
  readonly name: string
  readonly value: string
  readonly isText: boolean
}

export interface VocExtras {
  readonly pose: string
  readonly flags: Readonly<Record<FlagName, boolean>>
  readonly attributes: readonly VocAttribute[]
  readonly groupId: number | null
  readonly trackId: number | null
}

/** Yes and no as Datumaro has them. */
const textOf = (value: Value): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)

/** It stands in an element of its own, from which it is read as it is. */
const hasElement = (name: string, value: Value): boolean =>
  isFlag(name)
    ? value === true
    : name === POSE && typeof value === 'string' && value !== '' && value !== UNSAID

/** @param said null where the object's attributes are not asked for. @param isCut it reaches over the border of its image */
export const vocExtras = (
  said: Pick<Annotation, 'attributes' | 'groupId' | 'trackId'> | null,
  isCut: boolean,
): VocExtras => {
  const { attributes, groupId, trackId } = said ?? { attributes: {}, groupId: null, trackId: null }
  const pose = attributes[POSE]
  return {
    pose: pose !== undefined && hasElement(POSE, pose) ? String(pose) : UNSAID,
    flags: {
      truncated: isCut || attributes.truncated === true,
      difficult: attributes.difficult === true,
      occluded: attributes.occluded === true,
    },
    attributes: Object.entries(attributes).flatMap(([name, value]) =>
      hasElement(name, value)
        ? []
        : [
            {
              name,
              value: textOf(value),
              isText: typeof value === 'string' && looksOther.test(value),
            },
          ],
    ),
    groupId,
    trackId,
  }
}

const text = z.string().optional().catch(undefined)
const attributeSchema = z.object({ name: z.string(), value: z.string(), type: text })

/** Of an element `object`; all of it may be missing, or anything. */
export const extrasFields = {
  pose: text,
  truncated: text,
  difficult: text,
  occluded: text,
  attributes: z
    .object({ attribute: z.array(z.unknown()) })
    .optional()
    .catch(undefined),
  group_id: text,
  track_id: text,
}
type Fields = { readonly [Name in keyof typeof extrasFields]?: z.infer<(typeof extrasFields)[Name]> }

const valueOf = (given: string, type: string | undefined): Value => {
  if (type === TEXT || !looksOther.test(given)) return given
  const lower = given.trim().toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : Number(lower)
}

export interface ReadVocExtras {
  readonly extras?: ReadExtras
  readonly lost?: string
  /** Degrees, clockwise, around the middle of its box, which is that of the object before the turn; 0 where none is told. */
  readonly turn: number
}

/**
 * @param unescape of texts of elements
 * @param isOurs the file is of our own export: an attribute that is called `rotation` is one like others there
 */
export const readVocExtras = (
  fields: Fields,
  unescape: (text: string) => string,
  isOurs: boolean,
): ReadVocExtras => {
  const given: [string, Value][] = []
  for (const name of flagNames) if (Number(fields[name]) === 1) given.push([name, true])
  const pose = unescape(fields.pose ?? '')
  if (pose !== '' && pose !== UNSAID) given.push([POSE, pose])
  for (const one of fields.attributes?.attribute ?? []) {
    const read = attributeSchema.safeParse(one).data
    if (read) given.push([unescape(read.name), valueOf(unescape(read.value), read.type)])
  }
  const all = new Map(given)
  const rotation = all.get('rotation')
  const isTurn = !isOurs && typeof rotation === 'number'
  if (isTurn) all.delete('rotation')
  // CVAT has the track among the attributes.
  const trackOfCvat = isOurs ? null : readNumber(all.get('track_id'))
  const trackId = readNumber(fields.track_id) ?? trackOfCvat
  if (trackOfCvat !== null) all.delete('track_id')
  const groupId = readNumber(fields.group_id)
  const { attributes, lost } = readAttributes(Object.fromEntries(all))
  const isEmpty = Object.keys(attributes).length === 0 && groupId === null && trackId === null
  return {
    turn: isTurn && Number.isFinite(rotation) ? rotation % 360 : 0,
    ...(isEmpty ? {} : { extras: { attributes, groupId, trackId } }),
    ...(lost === null ? {} : { lost }),
  }
}
