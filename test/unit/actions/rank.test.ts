import { expect, it } from 'vitest'
import { rankOf } from '../../../renderer/panels/dialogs/rank.ts'

it('the palette finds what has every word in its name, beginnings first', () => {
  const names = ['class number 17', 'class number 7', 'class number 1', '17 cups', 'Export…']
  const found = (search: string) =>
    names.filter((name) => rankOf(name, search) > 0).sort((a, b) => rankOf(b, search) - rankOf(a, search))
  expect(found('17')).toEqual(['17 cups', 'class number 17'])
  expect(found('num 7')).toEqual(['class number 7', 'class number 17'])
  expect(found('xprt')).toEqual([])
})
