/**
 * What is wrong with a value that somebody else has written, in words for the user. What a schema's library says is for
 * programmers; here stand ours. A schema's own messages are kept.
 */
import type { z } from 'zod'
import { shortened } from './printable.ts'

type RawIssue = Parameters<z.core.$ZodErrorMap>[0]

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list',
  null: 'null',
}

const isOfItems = (origin: string) => origin === 'array' || origin === 'set' || origin === 'string'

const MUST_BE = 'must be '

/** Each way that a value may be, where what was wrong with each is said of the whole: "must be a text or a number". */
const wordsOfEither = (ways: readonly (readonly z.core.$ZodIssue[])[]): string => {
  const wrong = ways.map((faults) => faults[0])
  const areKinds = wrong.every((fault) => fault?.path.length === 0 && fault.message.startsWith(MUST_BE))
  if (wrong.length === 0 || !areKinds) return 'is not as it should be'
  return MUST_BE + [...new Set(wrong.map((fault) => fault!.message.slice(MUST_BE.length)))].join(' or ')
}

/** Follows the name of the field. */
const wordsOf = (issue: RawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing'
      return `must be ${kinds[issue.expected] ?? 'of another kind'}`
    case 'too_small':
      if (isOfItems(issue.origin)) return 'is too short'
      return `must be ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`
    case 'too_big':
      if (isOfItems(issue.origin)) return 'is too long'
      return `must be ${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
    case 'invalid_union':
      return wordsOfEither(issue.errors)
    case 'unrecognized_keys':
      return 'has fields that it must not have'
    default:
      return 'is not as it should be'
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
    // A schema's own message about the whole names the place itself.
    return shortened(place === '' && code === 'custom' ? message : `${place || 'it'} ${message}`)
  })
  return { fault: faults.join(', ') }
}
