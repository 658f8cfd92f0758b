/**
 * What is wrong with a value that somebody else has written, in words for the user. What a schema's library says is for
 * programmers; here stand ours. A schema's own messages are kept.
 */
import type { z } from 'zod'
import { shortened } from './printable.ts'
import { said } from './said.ts'

type RawIssue = Parameters<z.core.$ZodErrorMap>[0]

const kinds: Readonly<Record<string, string>> = {
  string: said('a text'),
  number: said('a number'),
  int: said('a whole number'),
  boolean: said('true or false'),
  object: said('an object'),
  record: said('an object'),
  array: said('a list'),
  tuple: said('a list'),
  null: 'null',
}

const isOfItems = (origin: string) => origin === 'array' || origin === 'set' || origin === 'string'

/** The place is filled in where it is known. A schema's own message may have it too. */
const FIELD = '{field}'
const MUST_BE = said('{field} must be {kinds}', { kinds: '' })
const ODD = said('{field} is not as it should be')

/** Each way that a value may be, where what was wrong with each is said of the whole: "must be a text or a number". */
const wordsOfEither = (ways: readonly (readonly z.core.$ZodIssue[])[]): string => {
  const wrong = ways.map((faults) => faults[0])
  const areKinds = wrong.every((fault) => fault?.path.length === 0 && fault.message.startsWith(MUST_BE))
  if (wrong.length === 0 || !areKinds) return ODD
  return MUST_BE + [...new Set(wrong.map((fault) => fault!.message.slice(MUST_BE.length)))].join(' or ')
}

/** With a place for the name of the field. */
const wordsOf = (issue: RawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return said('{field} is missing')
      return said('{field} must be {kinds}', { kinds: kinds[issue.expected] ?? said('of another kind') })
    case 'too_small': {
      if (isOfItems(issue.origin)) return said('{field} is too short')
      const limit = Number(issue.minimum)
      return issue.inclusive === true
        ? said('{field} must be at least {limit}', { limit })
        : said('{field} must be more than {limit}', { limit })
    }
    case 'too_big': {
      if (isOfItems(issue.origin)) return said('{field} is too long')
      const limit = Number(issue.maximum)
      return issue.inclusive === true
        ? said('{field} must be at most {limit}', { limit })
        : said('{field} must be less than {limit}', { limit })
    }
    case 'invalid_value':
      return said('{field} must be {kinds}', {
        kinds: issue.values.map((value) => JSON.stringify(value)).join(' or '),
      })
    case 'invalid_union':
      return wordsOfEither(issue.errors)
    case 'unrecognized_keys':
      return said('{field} has fields that it must not have')
    default:
      return ODD
  }
}

/** How many faults are reported, and how many characters of a field's place, which is a stranger's text too. */
const TOLD = 3
const LONGEST_PLACE = 60

export type Checked<T> = { readonly data: T } | { readonly fault: string }

/** The value as `schema` reads it, or what is wrong with it: "bbox.0 must be a number, score is missing". */
export const checkValue = <T>(schema: z.ZodType<T>, value: unknown): Checked<T> => {
  const parsed = schema.safeParse(value, { error: wordsOf })
  if (parsed.success) return { data: parsed.data }
  const faults = parsed.error.issues.slice(0, TOLD).map(({ code, path, message }) => {
    const place = path.map(String).join('.').slice(0, LONGEST_PLACE)
    if (message.startsWith(FIELD))
      return shortened(message.replace(FIELD, () => (place === '' ? said('it') : place)))
    // A schema's own message about the whole names the place itself.
    return shortened(place === '' && code === 'custom' ? message : `${place || said('it')} ${message}`)
  })
  return { fault: faults.join(', ') }
}
