import { expect, it } from 'vitest'
import { limits } from '../../../common/limits.ts'
import { cleanTag, withTag } from '../../../common/tags.ts'

it('a tag is cleaned: no blanks around it, no quotes, no longer than a tag may be', () => {
  expect(cleanTag('  night   "shift" ')).toBe('night shift')
  expect(cleanTag('x'.repeat(200))).toHaveLength(limits.tag)
  expect(cleanTag(' " ')).toBe('')
})

it('tags stay in the order of their letters, each once whatever its case, written as the project knows it', () => {
  expect(withTag(['rain'], 'night')).toEqual(['night', 'rain'])
  expect(withTag(['rain'], 'Rain')).toEqual(['rain'])
  expect(withTag([], 'RAIN', ['Rain'])).toEqual(['Rain'])
  expect(withTag(['rain'], '   ')).toEqual(['rain'])
})
