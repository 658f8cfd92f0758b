/** Steps of the undo log are named by the core in English, and shown in the language of the window. */
import { afterEach, expect, test } from 'vitest'
import { editTexts } from '../../../common/edit-name.ts'
import { stepText } from '../../../renderer/panels/step-text.ts'
import { loadTexts } from '../../../renderer/texts/languages.ts'
import { speak } from '../../../renderer/texts/t.ts'

afterEach(async () => speak(await loadTexts('en')))

const english = (key: string) =>
  key.replace('{what}', '3 objects').replace('{count}', '2').replace('{name}', 'cat').replace('{into}', 'dog')

test('each name stays as it is in English', () => {
  for (const key of Object.values(editTexts)) expect(stepText(english(key))).toBe(english(key))
})

test.each(['de', 'fr', 'zh', 'ja'] as const)('each name is said in %s', async (language) => {
  speak(await loadTexts(language))
  for (const key of Object.values(editTexts)) {
    expect(stepText(english(key))).not.toBe(english(key))
    expect(stepText(english(key))).not.toContain('objects')
  }
})

test('what it was done to is translated, the name of a class is not', async () => {
  speak(await loadTexts('de'))
  expect(stepText('Move 3 objects')).toBe('Bewegen: 3 Objekte')
  expect(stepText('Move an object')).toBe('Bewegen: ein Objekt')
  expect(stepText('Move chair')).toBe('Bewegen: chair')
  expect(stepText('Delete class chair')).toBe('Löschen: Klasse chair')
  expect(stepText('Rename class cat to kitten')).toBe('Klasse cat in kitten umbenennen')
  expect(stepText('A name of another version')).toBe('A name of another version')
})
