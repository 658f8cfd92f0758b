import { expect, test } from 'vitest'
import { classesOf } from '../../../cli/class-options.ts'
import { labelsOf } from '../export/folder.ts'

const labels = labelsOf('cat', 'dog', '=puppy')
const [cat, dog, puppy] = labels.map(({ id }) => id)

test('classes are named, merged and left out; nothing said is all of them', () => {
  expect(classesOf({}, labels)).toBeUndefined()
  expect(classesOf({ class: ['dog', 'cat'] }, labels)).toEqual([
    { name: 'dog', labels: [dog] },
    { name: 'cat', labels: [cat] },
  ])
  expect(classesOf({ without: ['cat'], merge: ['=puppy=dog'] }, labels)).toEqual([
    { name: 'dog', labels: [dog, puppy] },
  ])
})

test.each([
  [{ class: ['bird'] }, 'there is no class "bird"; there are cat, dog, =puppy'],
  [{ merge: ['dog'] }, '--merge takes A=B, not "dog"'],
  [{ merge: ['dog=bird'] }, 'there is no class "bird"'],
  [{ without: ['cat', 'dog', '=puppy'] }, 'no class is left'],
])('%j is refused in words', (values, message) => {
  expect(() => classesOf(values, labels)).toThrow(message)
})
