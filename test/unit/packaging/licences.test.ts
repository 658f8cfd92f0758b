/** What may travel with the app, and what is said of it. */
import { describe, expect, it } from 'vitest'
import {
  checkInstalled,
  checkLicence,
  collectNotices,
  nativePackages,
  noticesText,
  packageOfModule,
} from '../../../scripts/licences.ts'

describe('a licence', () => {
  it.each(['MIT', 'Apache-2.0', 'MIT OR GPL-3.0-only', 'BlueOak-1.0.0', 'LGPL-3.0-or-later'])(
    '%s may travel',
    (licence) => {
      expect(checkLicence('a', licence)).toBe(licence)
    },
  )
  it.each([
    'GPL-3.0-only',
    'AGPL-3.0',
    'GPL-2.0 OR AGPL-3.0',
    '(MIT AND GPL-2.0-or-later)',
    'UNLICENSED',
    '',
    undefined,
  ])('%s stops the build', (licence) => {
    expect(() => checkLicence('evil', licence)).toThrow(/evil/)
  })
})

it('finds the package of a bundled module', () => {
  expect(packageOfModule('/home/x/node_modules/@radix-ui/react-menu/dist/index.mjs?v=1')).toBe(
    'node_modules/@radix-ui/react-menu',
  )
  expect(packageOfModule('\0/home/x/node_modules/a/node_modules/b/c.js')).toBe(
    'node_modules/a/node_modules/b',
  )
  expect(packageOfModule('/home/x/core/core.ts')).toBeNull()
})

it('every package that is installed with ours may travel', () => {
  expect(checkInstalled().length).toBeGreaterThan(nativePackages.length)
})

it('the notices name the model, the runtime and what is bundled, each with a text', () => {
  const notices = collectNotices(['node_modules/react'])
  const names = notices.map(({ name }) => name)
  expect(names[0]).toBe('Maskwright')
  expect(names).toEqual(expect.arrayContaining(['react', ...nativePackages]))
  for (const { text } of notices) expect(text).toMatch(/copyright|licen[cs]e|public domain/i)
  expect(noticesText(notices)).toContain('Copyright (c) Microsoft Corporation')
  expect(() => collectNotices(['node_modules/unheard-of'])).toThrow(/unheard-of/)
})
