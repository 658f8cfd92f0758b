/** The page that a deb names, by where its clone came from. */
import { expect, test } from 'vitest'
import { homepageOf } from '../../../scripts/package.ts'

test.each([
  ['https://example.org/team/maskwright.git', 'https://example.org/team/maskwright'],
  ['https://ada:secret@example.org/team/maskwright', 'https://example.org/team/maskwright'],
  ['ssh://git@example.org:2222/team/maskwright.git', 'https://example.org/team/maskwright'],
  ['git@example.org:team/maskwright.git', 'https://example.org/team/maskwright'],
  ['/home/ada/maskwright', null],
  ['C:\\clones\\maskwright', null],
  ['file:///home/ada/maskwright', null],
])('%s -> %s', (remote, page) => expect(homepageOf(remote)).toBe(page))
