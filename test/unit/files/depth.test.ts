/** Brackets that nobody closes are seen before a reader builds what they promise. */
import { expect, test } from 'vitest'
import { hasCode } from '../../../common/errors.ts'
import { isTooDeep } from '../../../core/files/depth.ts'
import { parseJson } from '../../../core/files/json.ts'
import { readYamlNames } from '../../../core/import/class-names.ts'

test.each([
  ['a list of lists', '[[1,2],[3,[4]]]', false],
  ['two thousand lists, one after the other', '[]'.repeat(2000), false],
  ['two thousand that are open at once', '['.repeat(2000), true],
  ['of both kinds', '[{"a":'.repeat(600), true],
  ['brackets in a text', JSON.stringify(['['.repeat(5000), '\\"[[['.repeat(900)]), false],
])('%s', (_, text, deep) => {
  expect(isTooDeep(text)).toBe(deep)
})

test('JSON of that kind is refused in words, and a YAML has no names', () => {
  const text = `${'['.repeat(400_000)}${']'.repeat(400_000)}`
  const refused = (() => {
    try {
      return parseJson(text, 'a.json')
    } catch (thrown) {
      return thrown
    }
  })()
  expect(hasCode(refused, 'bad-input')).toBe(true)
  expect(readYamlNames(`names: ${text}`)).toBeNull()
})
