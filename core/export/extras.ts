/**
 * What people and models say of objects and images beside class, shape and done: attributes, group, track and score;
 * tags, flag and review. As fields for formats that can hold them, and counted for the report where they are left out.
 */
import type { FlagOption, OptionValues } from '../../common/format-options.ts'
import type { FormatDescription } from '../../common/formats.ts'
import { attributesOption, scoreOption } from '../../common/formats/shared-options.ts'
import type { Annotation, ImageRecord } from '../../common/model.ts'
import { said } from '../../common/said.ts'

/** What is said of an image. */
export type Marks = Pick<ImageRecord, 'tags' | 'flag' | 'reviewed'>

/** The option under which formats are asked to write them; scores have one of their own. */
const ASKED = attributesOption.id
const SCORE = scoreOption.id

export const writesExtras = (options: OptionValues): boolean => options[ASKED] === true

/** Of an object, with the field names of COCO's tools; none that says nothing. */
export const extrasOf = ({ attributes, groupId, trackId }: Annotation) => ({
  ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  ...(groupId === null ? {} : { group_id: groupId }),
  ...(trackId === null ? {} : { track_id: trackId }),
})

/** Who reviewed it, and when (ISO 8601). */
export const reviewOf = ({ reviewed }: Pick<Marks, 'reviewed'>) =>
  reviewed === null ? null : { by: reviewed.by, at: new Date(reviewed.at).toISOString() }

/** Of an image; none that says nothing. */
export const marksOf = (marks: Marks) => {
  const { tags, flag } = marks
  const reviewed = reviewOf(marks)
  return {
    ...(tags.length === 0 ? {} : { tags }),
    ...(flag === null ? {} : { flag }),
    ...(reviewed === null ? {} : { reviewed }),
  }
}

export interface Unheld {
  /** An object was written. */
  object(annotation: Annotation): void
  /** An image was written. */
  image(marks: Marks): void
  /** What of them was not, for the report; none when nothing was left out. */
  notes(): string[]
}

const lacking = {
  attributes: (count: number) =>
    said('attributes of {count, plural, one {one object} other {# objects}}', { count }),
  groups: (count: number) => said('groups of {count, plural, one {one object} other {# objects}}', { count }),
  tracks: (count: number) => said('tracks of {count, plural, one {one object} other {# objects}}', { count }),
  scores: (count: number) => said('scores of {count, plural, one {one object} other {# objects}}', { count }),
  tags: (count: number) => said('tags of {count, plural, one {one image} other {# images}}', { count }),
  flags: (count: number) => said('flags of {count, plural, one {one image} other {# images}}', { count }),
  reviews: (count: number) => said('reviews of {count, plural, one {one image} other {# images}}', { count }),
} as const

const counted = (what: keyof typeof lacking, count: number) => (count === 0 ? [] : [lacking[what](count)])

/** @param holds what the format has a place for @param options where it is asked first */
export const createUnheld = (holds: FormatDescription['holds'], options: OptionValues): Unheld => {
  const sums = { attributes: 0, groups: 0, tracks: 0, scores: 0, tags: 0, flags: 0, reviews: 0 }
  const hasExtras = holds.extras && writesExtras(options)
  const hasMarks = holds.marks && writesExtras(options)
  const hasScore = holds.score && options[SCORE] !== false
  return {
    object({ attributes, groupId, trackId, score }) {
      if (!hasScore && score !== null) sums.scores++
      if (hasExtras) return
      if (Object.keys(attributes).length > 0) sums.attributes++
      if (groupId !== null) sums.groups++
      if (trackId !== null) sums.tracks++
    },
    image({ tags, flag, reviewed }) {
      if (hasMarks) return
      if (tags.length > 0) sums.tags++
      if (flag !== null) sums.flags++
      if (reviewed !== null) sums.reviews++
    },
    notes() {
      const ofObjects = [
        ...counted('attributes', sums.attributes),
        ...counted('groups', sums.groups),
        ...counted('tracks', sums.tracks),
      ]
      const ofImages = [
        ...counted('tags', sums.tags),
        ...counted('flags', sums.flags),
        ...counted('reviews', sums.reviews),
      ]
      const sentence = (list: readonly string[], isHeld: boolean, { label, id }: FlagOption) =>
        list.length === 0
          ? []
          : [
              said('Not written: {list}.', { list: list.join(', ') }) +
                ' ' +
                (isHeld
                  ? said('To have them: “{label}” (--{id}).', { label, id })
                  : said('The format has no place for them.')),
            ]
      const extras =
        holds.extras === holds.marks
          ? sentence([...ofObjects, ...ofImages], holds.extras, attributesOption)
          : [
              ...sentence(ofObjects, holds.extras, attributesOption),
              ...sentence(ofImages, holds.marks, attributesOption),
            ]
      return [...extras, ...sentence(counted('scores', sums.scores), holds.score, scoreOption)]
    },
  }
}
